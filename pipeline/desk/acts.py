"""What the buttons of a scene do: each first keeps the words that are in its form, then does its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from django.utils.translation import gettext as _

from accounts.models import User
from pipeline.desk import stale
from pipeline.desk_tools.people import pinned
from pipeline.models import Run
from projects.desk import history, order, people, words
from projects.errors import BadInput
from projects.models import Asset, Character, Scene

FREE = ("place", "action")  # words of the brief that may be any
CHOICES = {
    "time": ("", "dawn", "day", "dusk", "night"),
    "weather": ("", "clear", "rain", "snow", "storm", "fog"),
    "mood": ("", "calm", "joy", "fear", "sadness", "anger", "wonder"),
    "framing": ("wide", "medium", "close"),
}
LISTS = ("who", "what")


@dataclass(slots=True)
class Done:
    """What to tell and what to draw again: whole cards (`keys`), only their marks (`light`), or the `board`.

    `show`: the scene to go to; `undo`: the change that a button beside the words takes back; `play`: what to let hear.
    """

    said: str = ""
    wrong: bool = False
    board: bool = False
    keys: set[int] = field(default_factory=set)
    light: set[int] = field(default_factory=set)
    show: int = 0
    undo: int = 0
    play: Asset | None = None
    clash: bool = False


Verb = Callable[[Run, Scene, Mapping[str, str], User], Done]


def act(run: Run, scene: Scene, data: Mapping[str, str], user: User) -> Done:
    """Do what the form asks. BadInput is told, and what was typed is kept all the same."""
    kept = keep(run, scene, data, user)
    asked = data.get("do", "") or "save"
    if kept.wrong or asked == "save":
        return kept
    verb = VERBS.get(asked)
    if verb is None:
        raise BadInput("desk.unknown", _("The page is older than the site. Load it again."))
    return verb(run, scene, data, user)


def keep(run: Run, scene: Scene, data: Mapping[str, str], user: User) -> Done:
    """The words of the form, if it has any."""
    lines = _lines(data)
    if not lines or (scene.locked and _same(scene, lines)):
        return Done()
    known = set(Character.objects.filter(project=run.project_id).values_list("name", flat=True))
    for line in lines:
        if line.speaker and line.speaker not in known:
            raise BadInput("person.unknown", _("There is nobody called %(name)s.") % {"name": line.speaker})
    asked = data.get("revision", "")
    clash = words.write(scene, lines, revision=int(asked) if asked.isdigit() else 0, by=user)
    _heard(run, {line.speaker for line in lines if line.speaker})
    if clash is not None:
        who = clash.against.called if clash.against else _("Somebody")
        said = _("%(who)s wrote this scene at the same time. Both versions are kept: choose one.") % {"who": who}
        return Done(said, wrong=True, clash=True, keys={scene.pk})
    stale.refresh(run, [scene.pk])
    return Done(_("Saved."), light={scene.pk})


def _heard(run: Run, names: set[str]) -> None:
    """Who speaks for the first time gets a voice; everybody else keeps theirs."""
    fresh = Character.objects.filter(project=run.project_id, name__in=names, lines=0) if names else ()
    for person in fresh:
        pinned(run)
        people.heard(run.project, person.name)


def _lines(data: Mapping[str, str]) -> list[words.Line]:
    places = sorted(int(k[5:]) for k in data if k.startswith("text-") and k[5:].isdigit())
    return [words.Line(data[f"text-{n}"], " ".join(data.get(f"speaker-{n}", "").split())) for n in places]


def _same(scene: Scene, lines: list[words.Line]) -> bool:
    told = [(s["text"].strip(), s.get("speaker", "")) for s in scene.segments]
    return told == [(line.text.replace("\r\n", "\n").strip(), line.speaker) for line in lines]


def _split(run: Run, scene: Scene, data: Mapping[str, str], user: User) -> Done:
    segment, _colon, at = data.get("where", "").partition(":")
    if not (segment.isdigit() and at.isdigit()):
        raise BadInput("scene.split", _("Choose a place between two words: the new scene begins there."))
    new = order.split(scene, segment=int(segment), at=int(at), by=user)
    stale.refresh(run, [scene.pk, new.pk])
    return Done(_("Split. The new scene follows."), board=True, show=new.pk)


def _merge(run: Run, scene: Scene, data: Mapping[str, str], user: User) -> Done:
    order.merge(scene, by=user)
    stale.refresh(run, [scene.pk])
    return Done(_("Merged with the next scene."), board=True, show=scene.pk)


def _move(run: Run, scene: Scene, data: Mapping[str, str], user: User, by: int = 0) -> Done:
    to = scene.number + by
    if not by:
        asked = data.get("to", "")
        if not asked.isdigit():
            raise BadInput("scene.place", _("Say the place as a number."))
        to = int(asked)
    order.move(scene, to=max(1, to), by=user)
    place = Scene.objects.filter(pk=scene.pk).values_list("number", flat=True).get()
    return Done(_("Moved to place %(n)s.") % {"n": place}, board=True, show=scene.pk)


def _add(run: Run, scene: Scene, data: Mapping[str, str], user: User) -> Done:
    start, end = span(data.get("span", ""))
    new = order.add(scene, text=data.get("new", ""), start=start, end=end, by=user)
    stale.refresh(run, [new.pk])
    return Done(_("Added."), board=True, show=new.pk)


def span(asked: str) -> tuple[int, int]:
    """ "120-180": letters of the chapter; (0, 0) for anything else."""
    start, _dash, end = asked.partition("-")
    return (int(start), int(end)) if start.isdigit() and end.isdigit() else (0, 0)


def _delete(run: Run, scene: Scene, data: Mapping[str, str], user: User) -> Done:
    number = scene.number
    order.delete(scene, by=user)
    near = Scene.objects.filter(script=scene.script_id, number__gte=number).order_by("number").first()
    near = near or Scene.objects.filter(script=scene.script_id).order_by("-number").first()
    change = history.latest(scene.script)
    return Done(
        _("Scene %(n)s is deleted.") % {"n": number},
        board=True,
        show=near.pk if near else 0,
        undo=change.pk if change else 0,
    )


def _brief(run: Run, scene: Scene, data: Mapping[str, str], user: User) -> Done:
    """Another picture brief."""
    brief: dict[str, object] = {name: " ".join(data.get(name, "").lower().split())[:120] for name in FREE}
    brief |= {name: data[name] for name, allowed in CHOICES.items() if data.get(name) in allowed}
    brief |= {name: _listed(data.get(name, "")) for name in LISTS}
    brief["indoors"] = bool(data.get("indoors"))
    words.picture(scene, title=" ".join(data.get("title", "").split()) or scene.title, brief=brief, by=user)
    stale.refresh(run, [scene.pk])
    return Done(_("The picture is drawn anew with the next update."), keys={scene.pk})


def _listed(text: str) -> list[str]:
    return [word for part in text.split(",") if (word := " ".join(part.split())[:80])][:8]


VERBS: dict[str, Verb] = {
    "split": _split,
    "merge": _merge,
    "up": partial(_move, by=-1),
    "down": partial(_move, by=1),
    "move": _move,
    "add": _add,
    "delete": _delete,
    "brief": _brief,
}
