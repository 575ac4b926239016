"""Who is in the film, set right: named, merged, split, given their lines. Every verb changes exactly its scenes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from projects.desk.edit import edit
from projects.errors import BadInput
from projects.models import Character, Project, Scene, Script

KINDS = ("person", "animal", "thing")
SEXES = ("", "female", "male")
AGES = ("", "child", "adult", "old")


def pin(project: Project, voices: Mapping[str, str]) -> None:
    """Keep the voice that each speaker has now: correcting one must not change another's."""
    for person in Character.objects.filter(project=project, voice="", lines__gt=0):
        if voices.get(person.name):
            Character.objects.filter(pk=person.pk).update(voice=voices[person.name])


def with_person(script: Script, name: str) -> QuerySet[Scene]:
    """The scenes in which somebody speaks or appears."""
    speaks = Q(segments__contains=[{"speaker": name}])
    return Scene.objects.filter(Q(script=script) & (speaks | Q(brief__contains={"who": [name]})))


def _named(project: Project, name: str, *, besides: Character | None = None) -> str:
    name = " ".join(name.split())[:120]
    if not name:
        raise BadInput("person.name", _("Everybody needs a name."))
    others = Character.objects.filter(project=project, name__iexact=name).exclude(pk=besides.pk if besides else 0)
    if others.exists():
        raise BadInput("person.twice", _("There is somebody of that name already. Merge the two, if they are one."))
    return name


@transaction.atomic
def describe(
    person: Character, *, name: str, aliases: Iterable[str], look: Mapping[str, Any], voice: str, by: User | None
) -> None:
    """Name, other names, look and voice."""
    name = _named(person.project, name, besides=person)
    old = person.name
    person.aliases = list(dict.fromkeys(a for a in (" ".join(x.split())[:120] for x in aliases) if a))
    person.look = {**person.look, **look, **({"name": name} if "name" in person.look else {})}
    person.voice, person.name = voice[:80], name
    person.save()
    if old != name:
        _replace(person.project, old, name, "people", by)


@transaction.atomic
def create(project: Project, *, name: str) -> Character:
    return Character.objects.create(project=project, name=_named(project, name))


@transaction.atomic
def merge(person: Character, into: Character, *, by: User | None) -> None:
    """Two that are one: every line and appearance goes to `into`, who keeps look and voice."""
    if person.pk == into.pk or person.project_id != into.project_id:
        raise BadInput("person.same", _("Choose somebody else to merge with."))
    into.aliases = list(dict.fromkeys([*into.aliases, person.name, *person.aliases]))
    into.lines, into.mentions = into.lines + person.lines, into.mentions + person.mentions
    into.save()
    name, project = person.name, person.project
    person.delete()
    _replace(project, name, into.name, "people", by)


@transaction.atomic
def split(
    person: Character, *, name: str, lines: Iterable[tuple[int, int]], scenes: Iterable[int], by: User | None
) -> Character:
    """One that is two: these lines (scene, segment) and appearances (scenes) are of somebody else, named `name`."""
    chosen: dict[int, set[int]] = {}
    for scene, segment in lines:
        chosen.setdefault(scene, set()).add(segment)
    seen = set(scenes)
    if not chosen and not seen:
        raise BadInput("person.nothing", _("Choose the lines or the scenes that belong to the other one."))
    new = Character.objects.create(
        project=person.project,
        name=_named(person.project, name),
        look={**person.look, **({"name": name} if "name" in person.look else {})},
        lines=sum(len(s) for s in chosen.values()),
        mentions=len(seen),
    )
    for script in Script.objects.filter(project=person.project, scenes__pk__in={*chosen, *seen}).distinct():
        with edit(script.pk, "people", by=by) as made:
            for key in Scene.objects.filter(script=script, pk__in={*chosen, *seen}).values_list("pk", flat=True):
                row = made.get(key, even_locked=True)
                row.segments = [
                    {**s, "speaker": new.name} if i in chosen.get(key, ()) and s.get("speaker") == person.name else s
                    for i, s in enumerate(row.segments)
                ]
                if key in seen:
                    _rename_in(row, person.name, new.name)
    return new


def speak(scene: Scene, segment: int, speaker: str, *, by: User | None) -> None:
    """Who says this stretch: a character's name, "" the narrator."""
    project = scene.script.project
    if speaker and not Character.objects.filter(project=project, name=speaker).exists():
        raise BadInput("person.unknown", _("There is nobody of that name. Add them first."))
    with edit(scene.script_id, "speaker", by=by) as made:
        row = made.get(scene.pk)
        if not 0 <= segment < len(row.segments):
            raise BadInput("scene.changed", _("The scene was changed in the meantime. Look at it again."))
        row.segments = [{**s, "speaker": speaker} if i == segment else s for i, s in enumerate(row.segments)]
        row.kept.pop("audio_generation", None)
        row.own.pop("audio_generation", None)
    heard(project, speaker)


def heard(project: Project, speaker: str) -> None:
    """Who has been given a line is somebody who speaks, and gets a voice."""
    if speaker:
        Character.objects.filter(project=project, name=speaker, lines=0).update(lines=1)


def _replace(project: Project, old: str, new: str, kind: str, by: User | None) -> None:
    """A name everywhere: in lines, in pictures, in casts. Locked scenes sound and look as before."""
    for script in Script.objects.filter(project=project):
        keys = list(with_person(script, old).values_list("pk", flat=True))
        if not keys:
            continue
        with edit(script.pk, kind, by=by) as made:
            for key in keys:
                row = made.get(key, even_locked=True)
                row.segments = [{**s, "speaker": new} if s.get("speaker") == old else s for s in row.segments]
                _rename_in(row, old, new)


def _rename_in(scene: Scene, old: str, new: str) -> None:
    rename: Callable[[list[str]], list[str]] = lambda names: list(  # noqa: E731
        dict.fromkeys(new if n == old else n for n in names)
    )
    if "who" in scene.brief:
        scene.brief = {**scene.brief, "who": rename(list(scene.brief["who"]))}
    scene.cast = rename(list(scene.cast))
