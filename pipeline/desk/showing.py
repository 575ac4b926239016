"""The desk as its pages show it: cards of scenes, the book beside them, the bar below. Read from rows, nothing kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pipeline.desk import stale, update
from pipeline.models import Run, Step
from pipeline.remarks import Waiting, waiting
from pipeline.stages import casting
from pipeline.stages.audio_generation import _catalogue
from projects.desk import coverage, history
from projects.desk.takes import CLIP, PICTURE, VOICE
from projects.models import Asset, Character, Clash, Project, Scene, Take

A_PAGE = 40
WORDS_A_SECOND = 2.6
WORTH_TELLING = 4  # words from which a stretch that is left out may become a scene


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of a scene's words. `options`: who may say it, as HTML; `said_by`: who does, in words."""

    number: int
    text: str
    speaker: str
    said_by: str
    options: SafeString


@dataclass(slots=True)
class Card:
    """One scene on the desk. `due` names what an update makes; `seconds` are measured when its voice stands."""

    scene: Scene
    number: int
    lines: tuple[Line, ...] = ()
    picture: Asset | None = None
    voice: Asset | None = None
    seconds: float = 0.0
    measured: bool = False
    due: tuple[str, ...] = ()
    making: bool = False
    takes: int = 0
    clashes: list[Clash] = field(default_factory=list)
    remarks: Waiting | None = None
    people: Cast | None = None

    @property
    def key(self) -> int:
        return self.scene.pk


@dataclass(slots=True)
class Cast:
    """Who may speak: {name: the name of their voice}; the narrator is ""."""

    voices: dict[str, str]
    made: dict[str, SafeString] = field(default_factory=dict)

    def options(self, speaker: str) -> SafeString:
        if speaker not in self.made:
            names = list(self.voices) if speaker in self.voices else [*self.voices, speaker]
            rows = ((name, SafeString(" selected" if name == speaker else ""), self.called(name)) for name in names)
            self.made[speaker] = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return self.made[speaker]

    def called(self, name: str) -> str:
        """A name; the narrator with the voice's, as it's told at the head of a scene."""
        voice = self.voices.get(name, "")
        if name:
            return name
        return _("%(voice)s, narrator") % {"voice": voice} if voice else _("Narrator")


@dataclass
class Board:
    """A page of the desk."""

    project: Project
    run: Run
    marks: stale.Marks
    cards: list[Card]
    page: int
    pages: int
    passages: list[coverage.Passage]

    @cached_property
    def chapters(self) -> str:
        return ", ".join(dict.fromkeys(p.opens for p in self.passages if p.opens))

    @property
    def before(self) -> int:
        return max(0, self.page - 1)

    @property
    def after(self) -> int:
        return self.page + 1 if self.page < self.pages else 0


def state(run: Run, marks: stale.Marks) -> str:
    """Changes when the film goes on."""
    return f"{run.pk}-{run.status}-{len(marks.making)}"


def place_of(marks: stale.Marks, key: int) -> int:
    """The page that a scene is on."""
    return (marks.number.get(key, 1) - 1) // A_PAGE + 1


def board(project: Project, run: Run, page: int, marks: stale.Marks | None = None) -> Board:
    """A page of scenes with the book beside them, in the same queries however many there are."""
    marks = marks or stale.marks(run)
    pages = max(1, -(-len(marks.order) // A_PAGE))
    page = min(max(page, 1), pages)
    scenes = rows(marks.order[(page - 1) * A_PAGE : page * A_PAGE])
    return Board(
        project=project,
        run=run,
        marks=marks,
        cards=cards(project, run, marks, scenes),
        page=page,
        pages=pages,
        passages=offered(coverage.passages(scenes, marks.number, first=page == 1, after=_next(marks, page))),
    )


def _next(marks: stale.Marks, page: int) -> Scene | None:
    """The first scene of the next page."""
    keys = marks.order[page * A_PAGE : page * A_PAGE + 1]
    return Scene.objects.filter(pk__in=keys).first() if keys else None


def offered(passages: list[coverage.Passage]) -> list[coverage.Passage]:
    """The passages, whose stretches left out know after which scene of their chapter they could be told."""
    first: dict[int, int] = {}
    for stretch in (s for p in passages for s in p.stretches if s.scene and not s.elsewhere):
        first.setdefault(stretch.chapter, stretch.scene)
    last = dict(first)
    found = []
    for passage in passages:
        stretches = []
        for stretch in passage.stretches:
            if stretch.scene and not stretch.elsewhere:
                last[stretch.chapter] = stretch.scene
            elif passage.told and not stretch.scene and len(stretch.text.split()) >= WORTH_TELLING:
                stretch = replace(stretch, after=last.get(stretch.chapter, 0))
            stretches.append(stretch)
        found.append(replace(passage, stretches=tuple(stretches)))
    return found


def rows(keys: Sequence[int]) -> list[Scene]:
    """Scenes with their chapters, in order; a chapter of many scenes is read once."""
    found = list(Scene.objects.filter(pk__in=keys).select_related("script").order_by("number"))
    known: dict[int | None, Any] = {}
    wanted = {scene.chapter_id for scene in found if scene.chapter_id}
    if wanted:
        known.update(Scene._meta.get_field("chapter").related_model.objects.in_bulk(wanted))  # type: ignore[union-attr]
    for scene in found:
        scene.chapter = known.get(scene.chapter_id)
    return found


def cards(project: Project, run: Run, marks: stale.Marks, scenes: Sequence[Scene]) -> list[Card]:
    made = assets(run, scenes)
    clashes: dict[int, list[Clash]] = {}
    for clash in Clash.objects.filter(scene__in=scenes, settled=None).select_related("by", "against"):
        clashes.setdefault(clash.scene_id, []).append(clash)
    takes: dict[int, set[int]] = {}
    for scene_key, asset in Take.objects.filter(scene__in=[s.pk for s in scenes]).values_list("scene", "asset"):
        takes.setdefault(scene_key, set()).add(asset)
    people, said = cast(project, run), waiting(project, scenes)
    found = []
    for scene in scenes:
        own = made.get(scene.pk, {})
        card = _marked(marks, scene, own)
        card.lines, card.people = lines(scene, people), people
        card.takes = len(takes.get(scene.pk, set()) | {a.pk for a in own.values()})
        card.clashes = clashes.get(scene.pk, [])
        card.remarks = said.get(scene.pk)
        _time(card)
        found.append(card)
    return found


def marked(run: Run, marks: stale.Marks, keys: Sequence[int]) -> list[Card]:
    """Cards with what their marks tell, and nothing else: after a save that is all that changed."""
    scenes = list(Scene.objects.filter(pk__in=keys).order_by("number"))
    made = assets(run, scenes)
    found = [_marked(marks, scene, made.get(scene.pk, {})) for scene in scenes]
    for card in found:
        _time(card)
    return found


def _marked(marks: stale.Marks, scene: Scene, own: dict[str, Asset]) -> Card:
    return Card(
        scene,
        marks.number.get(scene.pk, scene.number),
        picture=own.get(PICTURE),
        voice=own.get(VOICE),
        due=tuple(name for name in (PICTURE, VOICE, CLIP) if name in marks.stale.get(scene.pk, ())),
        making=scene.pk in marks.making,
    )


def lines(scene: Scene, people: Cast) -> tuple[Line, ...]:
    return tuple(
        Line(n, s["text"].strip(), told, people.called(told), people.options(told))
        for n, s in enumerate(scene.segments)
        for told in [s.get("speaker", "")]
    )


def _time(card: Card) -> None:
    meta = card.voice.meta if card.voice else {}
    if meta.get("rate") and VOICE not in card.due:
        card.seconds, card.measured = meta["samples"] / meta["rate"], True
    else:
        card.seconds = card.scene.words / WORDS_A_SECOND


def assets(run: Run, scenes: Sequence[Scene]) -> dict[int, dict[str, Asset]]:
    """{scene: {stage: what it has now}}: what was made ahead of an update goes before what the film shows."""
    found: dict[int, dict[str, Asset]] = {}
    keys = [scene.pk for scene in scenes]
    steps = Step.objects.filter(run=run, subject__in=keys, stage__in=stale.MADE, asset__isnull=False)
    for step in steps.select_related("asset"):
        if step.asset:
            found.setdefault(step.subject, {})[step.stage] = step.asset
    wanted: dict[str, list[tuple[int, str]]] = {}
    for scene in scenes:
        for name in stale.MADE:
            if scene.digests.get(name):
                wanted.setdefault(scene.digests[name], []).append((scene.pk, name))
    for asset in Asset.objects.filter(workspace=run.workspace_id, recipe__in=wanted):
        for key, name in wanted[asset.recipe]:
            found.setdefault(key, {})[name] = asset
    return found


def cast(project: Project, run: Run) -> Cast:
    """Everybody of the film, the narrator first, then by name."""
    language = run.script.language if run.script else "en"
    catalogue = _catalogue(language)
    named = {voice.id: voice.name for voice in catalogue}
    speaking = casting.voices(project, catalogue, run.film_options.voice, language)
    names = Character.objects.filter(project=project).order_by("name").values_list("name", flat=True)
    voices = {name: speaking.get(name, "") for name in ("", *names)}
    return Cast({name: named.get(voice, voice) for name, voice in voices.items()})


def bar(run: Run, marks: stale.Marks) -> dict[str, Any]:
    """`quote`, `undoable`, and whether a version is `going`."""
    assert run.script is not None
    return {
        "quote": update.quoted(marks),
        "undoable": history.latest(run.script),
        "going": Run.objects.filter(project=run.project_id, status__in=("pending", "running")).first(),
    }
