"""A run as its page shows it: what happens now, the stations, the scenes, the log. Read from rows, nothing kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from billing.models import Usage
from pipeline import queue, words
from pipeline.cards import CLIP, PICTURE, VOICE, Card, Strip, strip
from pipeline.digests import digest
from pipeline.models import DONE, OPEN, Event, Run, Status, Step
from pipeline.tallies import Tallies, Tally, spoken, tallies
from pipeline.workflows import stages

LOG_LINES = 12


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
class Line:
    at: datetime
    text: str


@dataclass(slots=True)
class View:
    run: Run
    now: str
    stations: list[Station]
    strip: Strip
    log: list[Line]
    percent: int
    seconds_left: float
    ahead: int
    film_seconds: float
    cost: Any
    own_calls: int
    kept: str = ""
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def cards(self) -> list[Card]:
        return self.strip.cards

    @property
    def scenes_version(self) -> str:
        return self.strip.version

    @property
    def version(self) -> str:
        return digest(sorted(self.versions.items()), self.scenes_version, [card.version for card in self.cards])


def view(run: Run, page: int | None = None) -> View:
    """The page's facts in a handful of queries, however many scenes; `page` of the filmstrip, or where the work is."""
    counted, shown = tallies(run), strip(run, page)
    running = list(Step.objects.filter(run=run, status=Status.RUNNING).order_by("pk"))
    estimate = queue.estimate(run, queue.usual_seconds(run.workflow), counted)
    paid = Usage.objects.filter(run=run.pk).totals()
    seen = View(
        run=run,
        now=_now(run, running, counted, shown.scenes, estimate.ahead),
        stations=[_station(stage.name, counted.get(stage.name, {})) for stage in stages(run.workflow)],
        strip=shown,
        log=_log(run, running, shown.scenes),
        percent=100 if run.status == Status.SUCCEEDED else min(99, int(estimate.fraction * 100)),
        seconds_left=estimate.seconds_left if run.is_open else 0,
        ahead=estimate.ahead,
        film_seconds=_film_seconds(run, shown),
        cost=paid["cost_usd"],
        own_calls=paid["own"],
        kept=_kept(counted) if run.status in (Status.FAILED, Status.CANCELLED) else "",
    )
    _mark_versions(seen)
    return seen


def _film_seconds(run: Run, shown: Strip) -> float:
    """Measured where scenes are spoken; the others as long as those on the average, or as the words shown tell."""
    scenes, seconds = spoken(run, VOICE)
    if not scenes:
        return sum(card.seconds for card in shown.cards) * shown.scenes / max(1, len(shown.cards))
    return seconds + max(0, shown.scenes - scenes) * seconds / scenes


def _mark_versions(seen: View) -> None:
    status = str(seen.run.status)
    left = round(seen.seconds_left / 5)
    seen.versions = {
        "run-now": digest(seen.now, status),
        "run-progress": digest(
            seen.percent, left, seen.ahead, status, round(seen.film_seconds), seen.cost, seen.own_calls
        ),
        "run-stations": digest(seen.stations),
        "run-log": digest(seen.log),
        "run-actions": digest(status, seen.kept),
    }


def _now(run: Run, running: list[Step], counted: Tallies, scenes: int, ahead: int) -> str:
    if run.status == Status.SUCCEEDED:
        return _("The film is ready")
    if run.status == Status.FAILED:
        return _("The work has stopped")
    if run.status == Status.CANCELLED:
        return _("Cancelled")
    order = [stage.name for stage in stages(run.workflow)]
    if running:
        # The scenes' voices and pictures are made side by side: the earliest stage tells where the work stands.
        step = min(running, key=lambda s: (order.index(s.stage) if s.stage in order else 99, s.position))
        return words.now(step.stage, step.position, scenes, written=0 if step.total else step.done)
    if ahead:
        return _("Waiting for its turn")
    has_begun = any(tally.started for own in counted.values() for tally in own.values())
    return _("Going on in a moment") if has_begun else _("Beginning")


def _station(name: str, own: Mapping[str, Tally]) -> Station:
    states = set(own)
    total = sum(tally.steps for tally in own.values())
    done = sum(tally.steps for status, tally in own.items() if status in DONE)
    if not total:
        state = Status.PENDING
    elif states == {Status.SKIPPED}:
        state = Status.SKIPPED
    elif Status.FAILED in states:
        state = Status.FAILED
    elif done == total:
        state = Status.SUCCEEDED
    elif Status.CANCELLED in states:
        state = Status.CANCELLED
    else:
        state = Status.RUNNING if Status.RUNNING in states or done else Status.PENDING
    return Station(name, str(words.of(name).label), str(state), str(words.STATES[state]), done, total)


def _log(run: Run, running: list[Step], scenes: int) -> list[Line]:
    """The newest lines: what was noted, what was finished, what began."""
    lines = [Line(row.at, text) for row in Event.objects.filter(run=run)[: 2 * LOG_LINES] if (text := words.event(row))]
    ended = Step.objects.filter(run=run, status=Status.SUCCEEDED, finished__isnull=False).order_by("-finished", "-pk")
    for step in ended[:LOG_LINES]:
        lines.append(Line(step.finished, words.finished(step.stage, step.position, reused=step.reused)))  # type: ignore[arg-type]
    for step in running:
        if step.started:
            lines.append(Line(step.started, words.now(step.stage, step.position, scenes)))
    return sorted(lines, key=lambda line: line.at, reverse=True)[:LOG_LINES]


def _kept(counted: Tallies) -> str:
    """What stays of a run that stopped."""
    counts = {
        stage: sum(tally.made for status, tally in counted.get(stage, {}).items() if status in DONE)
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
