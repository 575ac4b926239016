"""The film's people as their page shows them, and what a correction marks: exactly the scenes that it touches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pipeline.choices import NATURAL, Choice, voice_hint
from pipeline.desk import stale
from pipeline.models import Run, Step
from pipeline.providers.base import Voice
from pipeline.routing import local
from pipeline.stages import casting
from projects.desk import people
from projects.desk.takes import PICTURE
from projects.models import Asset, Character, Project, Scene

Place = tuple[int, int]  # a scene's key and its number


@dataclass(slots=True)
class Person:
    """`speaks`, `appears`: scenes in order; `picture`: of the scene that shows fewest besides."""

    row: Character
    voice: str = ""
    voice_name: str = ""
    speaks: list[Place] = field(default_factory=list)
    appears: list[Place] = field(default_factory=list)
    picture: Asset | None = None

    @property
    def scenes(self) -> list[Place]:
        return sorted({*self.speaks, *self.appears}, key=lambda place: place[1])

    @property
    def only_seen(self) -> list[Place]:
        return [place for place in self.appears if place not in self.speaks]

    @property
    def look(self) -> str:
        """Their look in a line."""
        look = self.row.look
        what = look.get("noun") or said(look.get("sex", "")) or said(look.get("kind", ""))
        return ", ".join(filter(None, [what, said(look.get("age", "")), *look.get("traits", ())]))


def said(word: str) -> str:
    """A word of a look, in the reader's language."""
    return {
        "female": _("female"),
        "male": _("male"),
        "child": _("young"),
        "adult": _("grown up"),
        "old": _("old"),
        "person": _("person"),
        "animal": _("animal"),
        "thing": _("thing"),
    }.get(word, "")


def of(project: Project, run: Run, chosen: Sequence[Character]) -> list[Person]:
    """These characters with all that their page tells, in the same queries however many there are."""
    voices, named = cast(run), {v.id: v.name for v in catalogue(run)}
    known = {
        c.name: Person(c, voices.get(c.name, ""), named.get(voices.get(c.name, ""), voices.get(c.name, "")))
        for c in chosen
    }
    rows = Scene.objects.filter(script=run.script_id).order_by("number")
    alone: dict[str, tuple[int, int]] = {}  # name: (how many are in the picture, scene)
    for key, number, segments, brief in rows.values_list("pk", "number", "segments", "brief"):
        for name in {s.get("speaker", "") for s in segments} & known.keys():
            known[name].speaks.append((key, number))
        who = brief.get("who", ())
        for name in known.keys() & set(who):
            known[name].appears.append((key, number))
            alone[name] = min(alone.get(name, (99, key)), (len(who), key))
    pictures = _pictures(run, {key for _n, key in alone.values()})
    for name, (_n, key) in alone.items():
        known[name].picture = pictures.get(key)
    return list(known.values())


def _pictures(run: Run, scenes: Collection[int]) -> dict[int, Asset]:
    steps = Step.objects.filter(run=run, stage=PICTURE, subject__in=scenes, asset__isnull=False)
    return {step.subject: step.asset for step in steps.select_related("asset") if step.asset}


def language(run: Run) -> str:
    return run.script.language if run.script else run.project.source.language


def catalogue(run: Run) -> tuple[Voice, ...]:
    speaker = local.provider("speech")
    return tuple(speaker.voices(language(run).split("-")[0])) if speaker else ()


def cast(run: Run) -> dict[str, str]:
    """{speaker: voice id} as the film has it."""
    return casting.voices(run.project, catalogue(run), run.film_options.voice, language(run))


def choices(run: Run, picked: str) -> list[Choice]:
    """Voices of the film's language that sound like people, the best first."""
    known = sorted(catalogue(run), key=lambda v: (-v.quality, v.id))
    natural = [v for v in known if v.quality >= NATURAL or v.id == picked] or known
    return [Choice(v.id, v.name, voice_hint(v), picked=v.id == picked) for v in natural]


def pinned(run: Run) -> None:
    """Before anybody is corrected: everybody keeps the voice that they have."""
    people.pin(run.project, cast(run))


def with_names(run: Run, names: Iterable[str]) -> set[int]:
    """Scenes in which one of them speaks or appears."""
    if run.script is None:
        return set()
    found: set[int] = set()
    for name in set(names):
        found |= set(people.with_person(run.script, name).values_list("pk", flat=True))
    return found


def changed(run: Run, names: Iterable[str], more: Iterable[int] = ()) -> int:
    """Note the recipes of their scenes as they are now: how many scenes an update would redo since then."""
    keys = with_names(run, names) | set(more)
    before = set(stale.marks(run).stale)
    stale.refresh(run, keys)
    return len(set(stale.marks(run).stale) - before)


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch that somebody says: its scene, place in it, words."""

    scene: Scene
    segment: int
    text: str

    @property
    def name(self) -> str:
        return f"{self.scene.pk}-{self.segment}"


def lines(run: Run, person: Character) -> list[Line]:
    """All that a character says, in order."""
    if run.script is None:
        return []
    rows = people.with_person(run.script, person.name).order_by("number")
    return [
        Line(scene, place, segment["text"].strip())
        for scene in rows
        for place, segment in enumerate(scene.segments)
        if segment.get("speaker") == person.name
    ]
