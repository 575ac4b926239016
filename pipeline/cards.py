"""The scenes of a run as cards of its page's filmstrip: a page of them at a time, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pipeline import waves
from pipeline.digests import digest
from pipeline.models import DONE, Run, Status, Step
from projects.models import Asset, Scene

A_PAGE = 48
WORDS_A_SECOND = 2.6
PICTURE, VOICE, CLIP = "image_generation", "audio_generation", "video_generation"


@dataclass(frozen=True, slots=True)
class Card:
    """One scene. `state` is a status, `said` its word; `seconds` measured, or about."""

    key: int
    position: int
    title: str
    state: str
    said: str
    picture: Asset | None = None
    voice: Asset | None = None
    clip: Asset | None = None
    seconds: float = 0.0
    measured: bool = False
    active: bool = False
    bars: tuple[tuple[int, int], ...] = ()

    @property
    def version(self) -> str:
        made = tuple(asset.sha256 if asset else "" for asset in (self.picture, self.voice, self.clip))
        return digest(self.position, self.title, self.state, self.said, made, round(self.seconds, 1), self.active)


@dataclass(frozen=True, slots=True)
class Strip:
    """The cards of one page. `scenes`: of all pages; `follows`: it is the page where the work is."""

    cards: list[Card]
    page: int = 1
    pages: int = 1
    scenes: int = 0
    follows: bool = True

    @property
    def version(self) -> str:
        """Changes when there are other scenes, not when one of them does."""
        return digest([(card.key, card.position) for card in self.cards], self.pages)

    @property
    def last(self) -> int:
        return self.cards[-1].position if self.cards else 0

    @property
    def before(self) -> int:
        return self.page - 1

    @property
    def after(self) -> int:
        return self.page + 1 if self.page < self.pages else 0


def strip(run: Run, asked: int | None = None) -> Strip:
    """A page of cards; the one where the work is unless another is asked for. Three queries, four without `asked`."""
    scenes = Scene.objects.filter(script_id=run.script_id or 0)
    count = scenes.count()
    pages = max(1, -(-count // A_PAGE))
    page = min(pages, max(1, asked or _at_work(run)))
    first = (page - 1) * A_PAGE
    shown = list(scenes.order_by("number")[first : first + A_PAGE])
    steps = Step.objects.filter(run=run, subject__in=[scene.pk for scene in shown]).select_related("asset")
    return Strip(_cards(list(steps.order_by("pk")), shown, first), page, pages, count, asked is None)


def _at_work(run: Run) -> int:
    """The page of the first scene that is not done; the first page when nothing is left to do."""
    if not run.is_open:
        return 1
    left = Step.objects.filter(run=run, position__gt=0).exclude(status__in=DONE).order_by("position")
    position = left.values_list("position", flat=True).first() or 1
    return (position - 1) // A_PAGE + 1


def _cards(steps: Sequence[Step], scenes: Sequence[Scene], before: int) -> list[Card]:
    own: dict[int, dict[str, Step]] = {}
    for step in steps:
        if step.subject:
            own.setdefault(step.subject, {})[step.stage] = step
    return [_card(place, scene, own.get(scene.pk, {})) for place, scene in enumerate(scenes, before + 1)]


def _card(place: int, scene: Scene, steps: dict[str, Step]) -> Card:
    def made(stage: str) -> Asset | None:
        step = steps.get(stage)
        return step.asset if step and step.status in DONE else None

    voice = made(VOICE)
    state, said = _state(steps)
    seconds = seconds_of(voice)
    return Card(
        key=scene.pk,
        position=place,
        title=scene.title or scene.narration[:90],
        state=state,
        said=said,
        picture=made(PICTURE),
        voice=voice,
        clip=made(CLIP),
        seconds=seconds or scene.words / WORDS_A_SECOND,
        measured=bool(seconds),
        active=any(s.status == Status.RUNNING for s in steps.values()),
        bars=waves.bars(voice) if voice else (),
    )


def seconds_of(voice: Asset | None) -> float:
    meta = voice.meta if voice else {}
    return meta["samples"] / meta["rate"] if meta.get("rate") else 0.0


def _state(steps: dict[str, Step]) -> tuple[str, str]:
    status = {name: step.status for name, step in steps.items()}
    if Status.FAILED in status.values():
        return str(Status.FAILED), _("stopped")
    if status.get(CLIP) in DONE:
        return str(Status.SUCCEEDED), _("clip ready")
    for name, said in ((CLIP, _("making clip")), (PICTURE, _("drawing")), (VOICE, _("reading aloud"))):
        if status.get(name) == Status.RUNNING:
            return str(Status.RUNNING), said
    if status.get(PICTURE) in DONE and status.get(VOICE) in DONE:
        return str(Status.PENDING), _("clip is next")
    return str(Status.PENDING), _("waiting")
