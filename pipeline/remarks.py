"""Remarks at a time of the film: made, settled, and told on the page of any version that shows their scene."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from pipeline.models import Remark, Render, Run, Step
from pipeline.showing import PICTURE, starts_of
from projects.models import Project, Scene

LONGEST = 2000  # characters
MOST = 200  # shown at once, of open ones and of settled ones
NEAR = 0.05  # a player that was sent to where a scene begins may stand this much before it
Span = tuple[int, float, float]  # a scene's place in a film from 1, its beginning and end in seconds


@dataclass(frozen=True, slots=True)
class Said:
    """A remark as the page of a version tells it. `at`: second of that version; `scene`: its place there, 0 unknown.

    `linked`: the script still has the scene; `version`: the number of another version that it was said of, else 0.
    """

    row: Remark
    at: float
    scene: int = 0
    linked: bool = False
    version: int = 0

    @property
    def whole(self) -> int:
        """The second that a clock shows."""
        return int(self.at)


@dataclass(frozen=True, slots=True)
class Shown:
    """Both in the order of the film. `more`: not all that are open are among them."""

    open: list[Said]
    settled: list[Said]
    more: bool = False


def add(render: Render, *, by: User, text: str, seconds: float) -> Remark:
    """Say `text` of the film at a second of it."""
    return Remark.objects.create(
        workspace_id=render.workspace_id,
        project_id=render.project_id,
        render=render,
        scene=scene_at(render, seconds),
        seconds=seconds,
        text=text,
        by=by,
    )


def settle(remark: Remark, *, by: User) -> None:
    """Done: said once, by whoever was first."""
    Remark.objects.filter(pk=remark.pk, settled=None).update(settled=timezone.now(), settled_by=by)


def reopen(remark: Remark) -> None:
    Remark.objects.filter(pk=remark.pk).update(settled=None, settled_by=None)


def scene_at(render: Render, seconds: float) -> int | None:
    """The key of the scene that the film shows then; None before the first."""
    begun = [place for place, at in starts_of(render).items() if at <= seconds + NEAR]
    here = _steps([render.run_id]).filter(position=begun[-1] if begun else 0)
    return here.values_list("subject", flat=True).first()


def shown(chosen: Render, versions: Sequence[Render]) -> Shown:
    """What was said of `chosen`, and of other `versions` (newest first) where it shows the scene, too."""
    here = Q(render=chosen) | Q(scene__in=_steps([chosen.run_id]).values("subject"))
    rows = Remark.objects.filter(here, project=chosen.project_id).select_related("by", "settled_by")
    still = list(rows.filter(settled=None)[: MOST + 1])
    done = list(rows.exclude(settled=None).order_by("-settled", "-pk")[:MOST])
    keys = {row.scene for row in (*still, *done) if row.scene}
    spans, scripted = _spans(versions, keys), _scripted(chosen, keys)
    number = {render.pk: len(versions) - place for place, render in enumerate(versions)}

    def told(rows: Iterable[Remark]) -> list[Said]:
        found = [_said(row, chosen, spans, row.scene in scripted, number) for row in rows]
        return sorted(found, key=lambda said: (said.at, said.row.pk))

    return Shown(told(still[:MOST]), told(done), more=len(still) > MOST)


def _said(row: Remark, chosen: Render, spans: dict[int, dict[int, Span]], linked: bool, number: dict[int, int]) -> Said:
    own = spans.get(row.render_id, {}).get(row.scene or 0)
    now = spans.get(chosen.pk, {}).get(row.scene or 0)
    place = now[0] if now else 0
    if row.render_id == chosen.pk:
        return Said(row, row.seconds, place, linked)
    at = min(now[1] + max(0.0, row.seconds - (own[1] if own else 0.0)), now[2]) if now else row.seconds
    return Said(row, at, place, linked, number.get(row.render_id, 0))


def _steps(runs: Sequence[int]) -> QuerySet[Step]:
    """Those that know which scene stood where in a film."""
    return Step.objects.filter(run__in=runs, stage=PICTURE, subject__gt=0)


def _spans(versions: Sequence[Render], keys: Iterable[int]) -> dict[int, dict[int, Span]]:
    """{version: {scene's key: where that film shows it}}, of these scenes."""
    of = {render.run_id: render for render in versions}
    stretches = {render.pk: _stretches(render) for render in versions}
    found: dict[int, dict[int, Span]] = {}
    rows = _steps(list(of)).filter(subject__in=list(keys)).values_list("run", "subject", "position")
    for run, key, place in rows:
        span = stretches[of[run].pk].get(place)
        if span:
            found.setdefault(of[run].pk, {})[key] = span
    return found


def _stretches(render: Render) -> dict[int, Span]:
    """{a scene's place: where it begins and ends}."""
    starts = starts_of(render)
    ends = [*list(starts.values())[1:], render.seconds]
    return {place: (place, at, end) for (place, at), end in zip(starts.items(), ends, strict=False)}


def _scripted(chosen: Render, keys: Iterable[int]) -> set[int]:
    """Those of these scenes that the script desk has."""
    newest = Run.objects.filter(project=chosen.project_id, script__broken=True).order_by("-created", "-pk")
    rows = Scene.objects.filter(pk__in=list(keys), script__in=newest.values("script")[:1])
    return set(rows.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A scene's open remarks: how many, and the first with the version it was said of."""

    count: int
    first: int
    version: int


def waiting(project: Project, scenes: Sequence[Scene]) -> dict[int, Waiting]:
    """{scene: its open remarks}, of those that have any."""
    rows = Remark.objects.filter(project=project, scene__in=[s.pk for s in scenes], settled=None).order_by("pk")
    of: dict[int, list[tuple[int, int]]] = {}
    for scene, pk, version in rows.values_list("scene", "pk", "render"):
        of.setdefault(scene or 0, []).append((pk, version))
    return {scene: Waiting(len(found), *found[0]) for scene, found in of.items()}


def exported(rows: QuerySet[Remark]) -> list[dict[str, Any]]:
    """For the owner's own keeping."""
    named = rows.values("project", "render", "scene", "seconds", "text", "by__email", "created", "settled")
    return list(named.order_by("project", "seconds", "pk"))
