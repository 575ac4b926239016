"""How a film may be: every choice with its words, and why a tier does not allow it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Workspace
from billing.plans import CATALOGUE, Tier
from pipeline.models import Run
from pipeline.routing import cloning, local, routes
from projects.options import (
    ASPECTS,
    CAPTION_STYLES,
    CAPTIONS,
    MODES,
    MOTIONS,
    MUSIC,
    OPTED,
    RESOLUTIONS,
    SOUNDS,
    TRANSITIONS,
    FilmOptions,
)

WORDS_A_SECOND = 2.6
VERBATIM = "verbatim"
NATURAL = 0.45  # quality from which a voice sounds like a person
STYLES = {
    "ink": (gettext_lazy("Ink and tint"), gettext_lazy("drawn lines, washed with colour")),
    "paper": (gettext_lazy("Cut paper"), gettext_lazy("flat shapes, one over the other")),
    "shadow": (gettext_lazy("Shadow theatre"), gettext_lazy("dark figures before light")),
}
LABELS: dict[str, tuple[Any, Any]] = {
    "verbatim": (gettext_lazy("Every word"), gettext_lazy("the chapters read in full")),
    "abridged": (gettext_lazy("Abridged"), gettext_lazy("the author’s sentences, fewer of them")),
    "summary": (gettext_lazy("Summary"), gettext_lazy("what happens, in short")),
    "16:9": (gettext_lazy("Wide"), "16:9"),
    "9:16": (gettext_lazy("Tall, for phones"), "9:16"),
    "1:1": (gettext_lazy("Square"), "1:1"),
    "burned": (gettext_lazy("In the picture"), gettext_lazy("and as a file beside the film")),
    "files": (gettext_lazy("Beside the film"), gettext_lazy("switched on and off in players")),
    "karaoke": (gettext_lazy("Word by word"), ""),
    "plain": (gettext_lazy("Plain"), ""),
    "boxed": (gettext_lazy("On a band"), ""),
    "cut": (gettext_lazy("Cut"), ""),
    "dissolve": (gettext_lazy("Dissolve"), ""),
    "dip": (gettext_lazy("Through dark"), ""),
    "wipe": (gettext_lazy("Wipe"), ""),
    "slide": (gettext_lazy("Slide"), ""),
    "": (gettext_lazy("None"), ""),
    "auto": (gettext_lazy("As each scene asks"), ""),
    "calm": (gettext_lazy("Calm"), ""),
    "wonder": (gettext_lazy("Wonder"), ""),
    "adventure": (gettext_lazy("Adventure"), ""),
    "sad": (gettext_lazy("Sad"), ""),
    "tense": (gettext_lazy("Tense"), ""),
    "joyful": (gettext_lazy("Joyful"), ""),
    "model": (gettext_lazy("By a video model"), gettext_lazy("people and things move; this costs most")),
    "soft": (gettext_lazy("Soft, under each scene"), ""),
    "camera": (gettext_lazy("By a camera"), gettext_lazy("it glides over the pictures, and costs nothing")),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """`refused`: why the tier does not allow it, "" when it does."""

    value: str
    label: Any
    hint: Any = ""
    refused: str = ""
    picked: bool = False


def groups(
    options: FilmOptions, tier: Tier, *, words: int, language: str, workspace: Workspace | None = None
) -> dict[str, list[Choice]]:
    """Every group of choices of step 3 by its option's name."""
    return {
        "mode": _plain(MODES, options.mode, {VERBATIM: too_long(tier, words)}),
        "style": [Choice(k, label, hint, picked=k == options.style) for k, (label, hint) in STYLES.items()],
        "voice": voices(language, options.voice, workspace),
        "aspect": _plain(ASPECTS, options.aspect),
        "resolution": _resolutions(options, tier),
        "captions": _plain(CAPTIONS, options.captions),
        "caption_style": _plain(CAPTION_STYLES, options.caption_style),
        "transition": _plain(TRANSITIONS, options.transition),
        "music": _plain(MUSIC, options.music),
        "sounds": _plain(SOUNDS, options.sounds),
        "motion": _motions(options, tier, workspace),
    }


def _plain(values: Iterable[str], picked: str, refused: Mapping[str, str] | None = None) -> list[Choice]:
    why = refused or {}
    return [Choice(v, *LABELS.get(v, (v, "")), refused=why.get(v, ""), picked=v == picked) for v in values]


def _motions(options: FilmOptions, tier: Tier, workspace: Workspace | None) -> list[Choice]:
    """Nothing to choose where no video model is set up."""
    if workspace is None or not routes.primary(Run(workspace=workspace, tier=tier.key), "video"):
        return []
    return _plain(MOTIONS, options.motion)


def _resolutions(options: FilmOptions, tier: Tier) -> list[Choice]:
    top = RESOLUTIONS.index(tier.resolution)
    return [
        Choice(value, value, refused="" if place <= top else _from(value), picked=value == options.resolution)
        for place, value in enumerate(RESOLUTIONS)
    ]


def _from(resolution: str) -> str:
    """The first tier that has it, as a reason."""
    enough = RESOLUTIONS.index(resolution)
    tier = next(t for t in CATALOGUE if RESOLUTIONS.index(t.resolution) >= enough)
    return _("with %(tier)s and up") % {"tier": tier.name}


def too_long(tier: Tier, words: int) -> str:
    """Why these words can't be read in full; "" when they can."""
    minutes = words / WORDS_A_SECOND / 60
    if tier.minutes is None or minutes <= tier.minutes:
        return ""
    return _("about %(n)s min; %(tier)s makes films up to %(max)s min") % {
        "n": math.ceil(minutes),
        "tier": tier.name,
        "max": tier.minutes,
    }


def voices(language: str, picked: str = "", workspace: Workspace | None = None) -> list[Choice]:
    """The best of the language first; after all the workspace's own cloned ones."""
    speaker = local.provider("speech")
    known = sorted(speaker.voices(language.split("-")[0]), key=lambda v: (-v.quality, v.id)) if speaker else []
    best = Choice("", _("The best for this book"), "", picked=not picked)
    natural = [v for v in known if v.quality >= NATURAL or v.id == picked] or known
    own = cloning.listed(workspace) if workspace else ()
    return [
        best,
        *(Choice(v.id, v.name, voice_hint(v), picked=v.id == picked) for v in natural),
        *(Choice(v.voice_id, v.name, _("cloned voice"), picked=v.voice_id == picked) for v in own),
    ]


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """One capability's models. `free`: any name may be typed. `refused`: why the tier may not choose, "" when it may."""

    name: str
    label: Any
    picked: str
    choices: list[Choice]
    free: bool
    refused: str


MODELLED = {
    "text": gettext_lazy("Who writes the script"),
    "image": gettext_lazy("Who draws"),
    "speech": gettext_lazy("Who reads aloud"),
    "video": gettext_lazy("Who moves the pictures"),
    "music": gettext_lazy("Who composes the music"),
    "sound": gettext_lazy("Who makes the sounds of places"),
}


def models(options: FilmOptions, tier: Tier, workspace: Workspace) -> list[ModelChoice]:
    """What may be chosen of each capability for which a vendor is set up; nothing where this machine does it all."""
    having = routes.known_keys(workspace)
    refused = "" if tier.choose_model else _("with %(tier)s and up") % {"tier": _first_that_chooses()}
    found = []
    for name, label in MODELLED.items():
        there = [one for one in routes.offered(name) if one.partition(":")[0] in having]
        if there:
            picked = options.models.get(name, "")
            own = _unchosen(name, tier, workspace, having, picked=not picked)
            listed = dict.fromkeys([*there, *([picked] if picked and tier.own_models else [])])
            rows = [own, *(Choice(one, one.partition(":")[2], picked=one == picked) for one in listed)]
            found.append(ModelChoice(f"model_{name}", label, picked, rows, tier.own_models, refused))
    return found


def _unchosen(name: str, tier: Tier, workspace: Workspace, having: Mapping[str, Any], *, picked: bool) -> Choice:
    """What does it when the maker chooses nothing."""
    if name in OPTED:
        return Choice("", _("This machine"), _("costs nothing"), picked=picked)
    usual = routes.primary(Run(workspace=workspace, tier=tier.key), name, having)
    return Choice("", _("As the plan has it"), usual.partition(":")[2], picked=picked)


def _first_that_chooses() -> str:
    return next(tier.name for tier in CATALOGUE if tier.choose_model)


ACCENTS = {
    "en-us": gettext_lazy("American"),
    "en-gb": gettext_lazy("British"),
    "pt-br": gettext_lazy("Brazilian"),
}
SEXES = {"female": gettext_lazy("woman"), "male": gettext_lazy("man")}


def voice_hint(voice: Any) -> str:
    """ "woman, British"."""
    told = (SEXES.get(voice.sex, ""), ACCENTS.get(voice.language.lower(), ""))
    return ", ".join(str(part) for part in told if part)


def default(tier: Tier, words: int, chapters: Iterable[int]) -> FilmOptions:
    """What is picked before anybody picks: the tier's best picture, and as long as it may be."""
    resolution = RESOLUTIONS[min(RESOLUTIONS.index(tier.resolution), RESOLUTIONS.index("1080p"))]
    return FilmOptions(
        chapters=tuple(chapters),
        mode="abridged",
        minutes=_fitting(tier, words),
        resolution=resolution,
    )


def _fitting(tier: Tier, words: int) -> float:
    natural = max(1.0, round(words / WORDS_A_SECOND / 60 * 0.6))
    return float(min(natural, tier.minutes or natural, 20))
