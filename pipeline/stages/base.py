"""What a stage is: a rule from inputs to one asset, and what it is handed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from pipeline.models import Run, Step
from pipeline.routing import routes
from projects.models import Asset, Scene
from projects.options import FilmOptions


def digest_of(facts: Mapping[str, Any]) -> str:
    """A recipe's hash: sha256 of its canonical JSON. TypeError for what is not plain data."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a step is about: `key` is a scene's primary key, 0 the whole film; `position` its place from 1."""

    key: int = 0
    position: int = 0


WHOLE = (Subject(),)


@dataclass(frozen=True, slots=True)
class Skip:
    """Why a stage has nothing to do; shown to the user."""

    reason: str


@runtime_checkable
class Stage(Protocol):
    """`after`: stages whose outputs it reads. `lane`: calls or render. `version` counts changes of its rule.

    `each_scene`: one step a scene, else one for the whole. `reach`: which neighbours' inputs a scene's step waits
    for, as offsets ((0, 1): its own and the next scene's).
    """

    name: str
    lane: str
    version: int
    each_scene: bool

    @property
    def after(self) -> tuple[str, ...]: ...
    @property
    def reach(self) -> tuple[int, int]: ...
    def subjects(self, run: Run) -> tuple[Subject, ...] | Skip: ...
    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]: ...
    def run(self, subject: Subject, ctx: Context) -> Asset: ...


class Base:
    """What most stages share."""

    after: tuple[str, ...] = ()
    lane = "calls"
    version = 1
    each_scene = False
    reach = (0, 0)

    def subjects(self, run: Run) -> tuple[Subject, ...] | Skip:
        return scene_subjects(run) if self.each_scene else WHOLE


def scene_subjects(run: Run) -> tuple[Subject, ...]:
    """One subject a scene of the run's script, in order."""
    rows = Scene.objects.filter(script_id=run.script_id).order_by("number").values_list("pk", flat=True)
    return tuple(Subject(key, place) for place, key in enumerate(rows, 1))


@dataclass
class Context:
    """What a stage may use. `save` stores its output under the step's recipe; `stopping` is polled by long work."""

    run: Run
    step: Step
    options: FilmOptions
    work: Path
    digest: str
    providers: Any
    save: Callable[..., Asset]
    progress: Callable[[int, int], None]
    checkpoint: Callable[[dict[str, Any]], None]
    later: Callable[[float], None]
    stopping: Callable[[], bool]
    note: Callable[..., None]
    facts: dict[str, Any] = field(default_factory=dict)

    def model(self, capability: str) -> str:
        """The model that this run uses for a capability; "" for this machine. What of the route recipes depend on."""
        known = self.facts.setdefault("models", {})
        if capability not in known:
            known[capability] = routes.primary(self.run, capability)
        return str(known[capability])

    def made_by(self, capability: str) -> dict[str, str]:
        """Part of a recipe: another model makes another asset. Empty where this machine makes it."""
        model = self.model(capability)
        return {"model": model} if model else {}

    @property
    def text(self) -> Any:
        return self.providers.capability("text")

    @property
    def image(self) -> Any:
        return self.providers.capability("image")

    @property
    def speech(self) -> Any:
        return self.providers.capability("speech")

    @property
    def transcription(self) -> Any:
        return self.providers.capability("transcription")

    @property
    def video(self) -> Any:
        """`animate(VideoRequest)`: a MediaResult; None where no vendor could; the step parks while one works."""
        return self.providers.slow("video")

    @property
    def lipsync(self) -> Any:
        """`sync(LipsyncRequest)`, as `video`."""
        return self.providers.slow("lipsync")

    def scene(self, subject: Subject) -> Scene:
        """The scene a step is about, with its chapter and script."""
        return Scene.objects.select_related("chapter", "script").get(pk=subject.key)

    def asset(self, stage: str, subject: Subject | None = None) -> Asset:
        """What an upstream step of this run made."""
        step = Step.objects.select_related("asset").get(
            run=self.run, stage=stage, subject=subject.key if subject else 0
        )
        if step.asset is None:
            raise LookupError(f"{stage} made nothing for {subject}")
        return step.asset

    def assets(self, stage: str) -> dict[int, Asset]:
        """{scene key: asset} of all steps of a stage in this run."""
        steps = Step.objects.filter(run=self.run, stage=stage, asset__isnull=False).select_related("asset")
        return {step.subject: step.asset for step in steps if step.asset}
