"""What a film's calls to vendors will cost, from the list prices of the models that its route begins with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.models import Workspace
from pipeline.models import Run
from pipeline.routing import routes
from pipeline.routing.catalogue import Model
from pipeline.stages import ambience, music
from projects.options import OPTED, FilmOptions

TOKENS_A_WORD = Decimal("1.4")
READ, WRITTEN = 1.3, 0.4  # times the chosen words that a model reads, and writes
READ_A_SCENE, WRITTEN_A_SCENE = 900, 300  # tokens, for the brief of its picture
SIGNS_A_WORD = 6
WORDS_A_SECOND = 2.6
TALKING = Decimal("0.3")  # of all scenes, where lips are moved
PLACES = 3  # that sound differently in a typical film
PORTRAITS = 4  # pictures drawn besides those of the scenes
CENT4 = Decimal("0.0001")
LABELS = {
    "text": _("Script"),
    "image": _("Pictures"),
    "speech": _("Voice"),
    "video": _("Moving pictures"),
    "lipsync": _("Lips"),
    "transcription": _("Listening to it"),
    "moderation": _("Check of the words"),
    "music": _("Music"),
    "sound": _("Sounds of places"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One capability: `own` calls go to the workspace's account and cost us nothing; `model` "" is this machine."""

    capability: str
    model: str
    cost: Decimal
    own: bool = False

    @property
    def label(self) -> str:
        return str(LABELS.get(self.capability, self.capability))

    @property
    def name(self) -> str:
        return self.model.partition(":")[2]


def parts(
    workspace: Workspace, options: FilmOptions, tier: str, *, words: int, scenes: int, seconds: float
) -> list[Part]:
    """What each capability of the film costs; `words` of the chosen chapters, `seconds` of film."""
    having = routes.known_keys(workspace)
    if not having:
        return []
    run = Run(workspace=workspace, tier=tier, options=options.to_json())
    found = []
    for capability in LABELS:
        wanted = routes.wanted(run, capability)
        named = routes.choices(capability, tier=tier, having=having, wanted=wanted)
        if named and _called(capability, options, wanted):
            cost = _cost(capability, named[0].model, words, scenes, Decimal(str(seconds)))
            found.append(Part(capability, named[0].id, cost.quantize(CENT4), named[0].key.own))
    return found


def _called(capability: str, options: FilmOptions, wanted: str) -> bool:
    """Whether the film asks vendors for it at all."""
    if capability in OPTED:
        return bool(wanted and (options.music if capability == "music" else options.sounds))
    return options.motion == "model" or capability not in ("video", "lipsync")


def _cost(capability: str, model: Model, words: int, scenes: int, seconds: Decimal) -> Decimal:
    if capability == "text":
        read = words * TOKENS_A_WORD * Decimal(str(READ)) + scenes * READ_A_SCENE
        written = words * TOKENS_A_WORD * Decimal(str(WRITTEN)) + scenes * WRITTEN_A_SCENE
        return (model.tokens_in * read + model.tokens_out * written) / 1_000_000
    if capability == "music":
        return _units(model, Decimal(1), Decimal(str(music.seconds(float(seconds)))))
    if capability == "sound":
        return _units(model, Decimal(PLACES), PLACES * Decimal(str(ambience.SECONDS)))
    if capability == "lipsync":
        return _units(model, scenes * TALKING, seconds * TALKING)
    calls = Decimal(scenes + PORTRAITS if capability == "image" else 1 if capability == "transcription" else scenes)
    return _units(model, calls, seconds)


def _units(model: Model, calls: Decimal, seconds: Decimal) -> Decimal:
    if model.unit == "characters":
        return model.price * seconds * Decimal(str(WORDS_A_SECOND)) * SIGNS_A_WORD
    return model.price * (seconds if model.unit == "seconds" else calls)
