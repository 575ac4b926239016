"""What pages tell of a delivered film: its player, its chapters, its certificate in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pipeline import charts
from pipeline.models import Render, Step
from projects.models import Asset

FPS = 30
SHOWN = 60  # pictures under the player
PICTURE = "image_generation"
GOAL_LUFS = -14.0
MARK = re.compile(r"(?:(\d+):)?(\d+):(\d\d) (.+)")
GATES: dict[str, Any] = {
    "loudness": gettext_lazy("Loudness"),
    "true peak": gettext_lazy("Loudest moment"),
    "silence": gettext_lazy("Longest silence"),
    "voices": gettext_lazy("Voices in place"),
    "words heard": gettext_lazy("Words understood"),
    "caption offset": gettext_lazy("Captions to voice"),
    "caption offset, worst": gettext_lazy("The caption furthest off"),
    "captions": gettext_lazy("Captions readable"),
    "caption words": gettext_lazy("Captions say every word"),
    "sync": gettext_lazy("Picture to sound"),
    "drift": gettext_lazy("Drift"),
    "duration": gettext_lazy("Length"),
    "coverage": gettext_lazy("Story told"),
    "black": gettext_lazy("Black"),
    "frozen": gettext_lazy("Standing still"),
    "duplicates": gettext_lazy("Pictures seen twice"),
    "frames": gettext_lazy("Frames"),
    "streams": gettext_lazy("Format"),
    "colour": gettext_lazy("Colour"),
    "faststart": gettext_lazy("Starts at once"),
    "marks": gettext_lazy("Chapter marks"),
}
FIRST = ("loudness", "words heard", "caption offset", "sync", "coverage", "black", "frozen")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something begins, in seconds."""

    at: float
    title: str
    picture: Asset | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Gate:
    label: str
    value: str
    ok: bool | None
    message: str
    goal: str
    name: str = ""


def film(render: Render) -> dict[str, Any]:
    """`chapters` and `scenes` of the player, `poster`, `downloads`."""
    files = Asset.objects.in_bulk(list(render.files.values()))
    poster = files.get(render.files.get("poster.jpg", 0))
    downloads = [(name, files[key]) for name, key in sorted(render.files.items(), key=_order) if key in files]
    return {
        "poster": poster,
        "chapters": _chapters(files.get(render.files.get("chapters.txt", 0))),
        "scenes": scenes(render),
        "downloads": downloads,
    }


def _order(item: tuple[str, int]) -> tuple[bool, str]:
    return item[0] != "film.mp4", item[0]


def _chapters(asset: Asset | None) -> list[Mark]:
    """From the file of marks beside the film: "0:00 Title" a line."""
    if asset is None:
        return []
    try:
        with asset.file.open("rb") as stream:
            text = stream.read().decode()
    except OSError:
        return []
    found = [MARK.fullmatch(line) for line in text.splitlines()]
    return [Mark(int(m[1] or 0) * 3600 + int(m[2]) * 60 + int(m[3]), m[4]) for m in found if m]


def scenes(render: Render, most: int = SHOWN) -> list[Mark]:
    """Scenes with their pictures, where they begin in the film: all, or of many evenly chosen ones, `most` at most."""
    starts = list(enumerate(starts_of(render).items(), 1))
    chosen = starts[:: max(1, -(-len(starts) // most))]
    steps = Step.objects.filter(run=render.run_id, stage=PICTURE, position__in=[place for place, _ in chosen])
    pictures = {step.position: step.asset for step in steps.select_related("asset")}
    titles: dict[int, str] = {}
    if render.run.script_id:
        rows = render.run.script.scenes.order_by("number").values_list("title", flat=True)  # type: ignore[union-attr]
        titles = dict(enumerate(rows, 1))
    return [Mark(at, titles.get(place, ""), pictures.get(place), place) for place, (_number, at) in chosen]


def starts_of(render: Render) -> dict[int, float]:
    """{scene's number: second of the film}."""
    return {number: frame / FPS for number, frame in render.film.meta.get("scenes", [])}


def certificate(render: Render) -> dict[str, Any]:
    """`gates` that everybody wants to know, `more` of them, `worst` sentences, pictures of them, and `in_order`."""
    rows = {row["name"]: row for row in render.certificate.get("gates", [])}
    facts = {name: row.get("facts", {}) for name, row in rows.items()}
    told = [_gate(name, row) for name, row in rows.items()]
    covered = rows.get("coverage", {}).get("value")
    starts = starts_of(render)
    return {
        "in_order": render.certificate.get("ok"),
        "gates": [_gate(name, rows[name]) for name in FIRST if name in rows],
        "more": told,
        "failed": [gate for gate in told if gate.ok is False],
        "worst": [w | {"at": starts.get(w["scene"])} for w in facts.get("words heard", {}).get("worst", [])],
        "curve": charts.curve(facts.get("loudness", {}).get("curve", [])),
        "goal_line": charts.level(GOAL_LUFS),
        "offsets": charts.offsets(facts.get("caption offset, worst", {}).get("each", []), render.seconds),
        "covered": round(100 * covered) if covered is not None else None,
    }


def _gate(name: str, row: dict[str, Any]) -> Gate:
    return Gate(str(GATES.get(name, name)), _value(name, row), row["ok"], row["message"], row["goal"], name)


def _value(name: str, row: dict[str, Any]) -> str:
    """The measured figure as a person says it."""
    value = row["value"]
    if row["ok"] is None or value is None:
        return _("not measured")
    said = {
        "loudness": lambda: f"−{abs(value):.1f} LUFS",
        "true peak": lambda: f"{value:.1f} dBTP".replace("-", "−"),
        "words heard": lambda: f"{(1 - value) * 100:.1f} %",
        "caption offset": lambda: _("within %(n)s ms") % {"n": round(abs(value) * 1000)},
        "caption offset, worst": lambda: _("%(n)s ms") % {"n": round(abs(value) * 1000)},
        "sync": lambda: _("%(n)s ms off") % {"n": round(abs(value))},
        "drift": lambda: _("%(n)s frames") % {"n": f"{abs(value):.2f}"},
        "coverage": lambda: _("%(n)s %% of words") % {"n": round(value * 100)},
        "silence": lambda: _("%(n)s s") % {"n": f"{value:.1f}"},
        "duration": lambda: _("%(n)s s") % {"n": f"{value:.1f}"},
        "black": lambda: _("none") if not value else str(value),
        "frozen": lambda: _("none") if not value else str(value),
        "duplicates": lambda: _("none") if not value else str(value),
    }.get(name)
    try:
        return said() if said else (_("yes") if row["ok"] else str(value))
    except (TypeError, ValueError):
        return str(value)


def file_name(render: Render, name: str) -> str:
    """ "film.mp4" as the-fog.mp4."""
    stem, _dot, suffix = name.partition(".")
    title = slugify(render.project.title)[:60] or "film"
    return f"{title}.{suffix}" if stem == "film" else f"{title}-{stem}.{suffix}"
