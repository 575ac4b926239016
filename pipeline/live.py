"""A run as its page shows it: what happens now, the stations, the scenes, the log. Read from rows, nothing kept."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from billing.models import Usage
from pipeline import queue, waves, words
from pipeline.models import DONE, OPEN, Event, Run, Status, Step
from pipeline.workflows import stages
from projects.models import Asset, Scene

LOG_LINES = 12
WORDS_A_SECOND = 2.6
PICTURE, VOICE, CLIP = "image_generation", "audio_generation", "video_generation"


def digest(*facts: Any) -> str:
    return hashlib.blake2b(repr(facts).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Station:
    """One stage: `state` is a status; `done` of `total` steps."""

    name: str
    label: str
    state: str
    said: str
    done: int = 0
    total: int = 0


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
class Line:
    at: datetime
    text: str


@dataclass(slots=True)
class View:
    run: Run
    now: str
    stations: list[Station]
    cards: list[Card]
    log: list[Line]
    percent: int
    seconds_left: float
    ahead: int
    film_seconds: float
    cost: Any
    failed: Step | None = None
    kept: str = ""
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def scenes_version(self) -> str:
        """Changes when there are other scenes, not when one of them does."""
        return digest([(card.key, card.position) for card in self.cards])

    @property
    def version(self) -> str:
        return digest(sorted(self.versions.items()), [card.version for card in self.cards])


def view(run: Run) -> View:
    """The whole page's facts in a handful of queries, however many scenes there are."""
    steps = list(Step.objects.filter(run=run).select_related("asset").order_by("pk"))
    scenes = list(Scene.objects.filter(script_id=run.script_id).order_by("number")) if run.script_id else []
    cards = _cards(steps, scenes)
    estimate = queue.estimate(run, _typical(run.workflow))
    failed = next((s for s in steps if s.status == Status.FAILED), None)
    seen = View(
        run=run,
        now=_now(run, steps, len(scenes), estimate.ahead),
        stations=_stations(run, steps),
        cards=cards,
        log=_log(run, steps),
        percent=100 if run.status == Status.SUCCEEDED else min(99, int(estimate.fraction * 100)),
        seconds_left=estimate.seconds_left if run.is_open else 0,
        ahead=estimate.ahead,
        film_seconds=sum(card.seconds for card in cards),
        cost=Usage.objects.filter(run=run.pk).totals()["cost_usd"],
        failed=failed,
        kept=_kept(steps) if run.status in (Status.FAILED, Status.CANCELLED) else "",
    )
    _mark_versions(seen)
    return seen


def _mark_versions(seen: View) -> None:
    status = str(seen.run.status)
    left = round(seen.seconds_left / 5)
    seen.versions = {
        "run-now": digest(seen.now, status),
        "run-progress": digest(seen.percent, left, seen.ahead, status, round(seen.film_seconds), seen.cost),
        "run-stations": digest(seen.stations),
        "run-log": digest(seen.log),
        "run-actions": digest(status, seen.kept),
    }


_seen_typical: dict[str, tuple[float, dict[str, float]]] = {}


def _typical(workflow: str) -> dict[str, float]:
    """What steps usually take; looked up once in ten seconds, not for every viewer's every picture."""
    at, found = _seen_typical.get(workflow, (0.0, {}))
    if time.monotonic() - at > 10 or not found:
        found = queue.typical_seconds(workflow)
        _seen_typical[workflow] = (time.monotonic(), found)
    return found


def _now(run: Run, steps: list[Step], scenes: int, ahead: int) -> str:
    if run.status == Status.SUCCEEDED:
        return _("The film is ready")
    if run.status == Status.FAILED:
        return _("The work has stopped")
    if run.status == Status.CANCELLED:
        return _("Cancelled")
    order = [stage.name for stage in stages(run.workflow)]
    running = [s for s in steps if s.status == Status.RUNNING]
    if running:
        # The scenes' voices and pictures are made side by side: the earliest stage tells where the work stands.
        step = min(running, key=lambda s: (order.index(s.stage) if s.stage in order else 99, s.position))
        return words.now(step.stage, step.position, scenes)
    if ahead:
        return _("Waiting for its turn")
    return _("Beginning") if not steps or not any(s.started for s in steps) else _("Going on in a moment")


def _stations(run: Run, steps: list[Step]) -> list[Station]:
    by_stage: dict[str, list[Step]] = {}
    for step in steps:
        by_stage.setdefault(step.stage, []).append(step)
    return [_station(stage.name, by_stage.get(stage.name, [])) for stage in stages(run.workflow)]


def _station(name: str, steps: list[Step]) -> Station:
    states = {step.status for step in steps}
    done = sum(1 for step in steps if step.status in DONE)
    if not steps:
        state = Status.PENDING
    elif states == {Status.SKIPPED}:
        state = Status.SKIPPED
    elif Status.FAILED in states:
        state = Status.FAILED
    elif done == len(steps):
        state = Status.SUCCEEDED
    elif Status.CANCELLED in states:
        state = Status.CANCELLED
    else:
        state = Status.RUNNING if Status.RUNNING in states or done else Status.PENDING
    return Station(name, str(words.of(name).label), str(state), str(words.STATES[state]), done, len(steps))


def _cards(steps: list[Step], scenes: list[Scene]) -> list[Card]:
    own: dict[int, dict[str, Step]] = {}
    for step in steps:
        if step.subject:
            own.setdefault(step.subject, {})[step.stage] = step
    return [_card(place, scene, own.get(scene.pk, {})) for place, scene in enumerate(scenes, 1)]


def _card(place: int, scene: Scene, steps: dict[str, Step]) -> Card:
    def made(stage: str) -> Asset | None:
        step = steps.get(stage)
        return step.asset if step and step.status in DONE else None

    voice = made(VOICE)
    state, said = _state(steps)
    seconds = _seconds(voice)
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


def _seconds(voice: Asset | None) -> float:
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


def _log(run: Run, steps: list[Step]) -> list[Line]:
    """The newest lines: what was noted, what was finished, what began."""
    lines = [Line(row.at, text) for row in Event.objects.filter(run=run)[: 2 * LOG_LINES] if (text := words.event(row))]
    ended = sorted((s for s in steps if s.finished and s.status == Status.SUCCEEDED), key=lambda s: s.finished or s.pk)
    for step in ended[-LOG_LINES:]:
        lines.append(Line(step.finished, words.finished(step.stage, step.position, reused=step.reused)))  # type: ignore[arg-type]
    scenes = max((s.position for s in steps), default=0)
    for step in steps:
        if step.status == Status.RUNNING and step.started:
            lines.append(Line(step.started, words.now(step.stage, step.position, scenes)))
    return sorted(lines, key=lambda line: line.at, reverse=True)[:LOG_LINES]


def _kept(steps: list[Step]) -> str:
    """What stays of a run that stopped."""
    counts = {
        stage: sum(1 for s in steps if s.stage == stage and s.status in DONE and s.asset_id)
        for stage in (PICTURE, VOICE, CLIP)
    }
    if not any(counts.values()):
        return _("The book and your choices are kept.")
    return _("Kept: %(pictures)s pictures, %(voices)s spoken scenes, %(clips)s clips. They are not made again.") % {
        "pictures": counts[PICTURE],
        "voices": counts[VOICE],
        "clips": counts[CLIP],
    }


def is_over(run: Run) -> bool:
    return run.status not in OPEN
