"""What is heard of the places: from a scene's brief to a soft sound under it, one recording a kind and workspace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from pipeline.providers.base import SoundRequest
from pipeline.providers.local.sounds import LocalSounds
from pipeline.rendering.parts import SAMPLES_PER_FRAME
from pipeline.rendering.sidefiles.credits import Credit
from pipeline.rendering.sound import Span
from pipeline.rendering.sound.ambience import VERSION
from pipeline.rendering.timeline import Timeline
from pipeline.stages import heard
from pipeline.stages.base import Context, digest_of
from pipeline.stages.files import local_path
from pipeline.stages.music import credit
from projects.models import Asset, Scene

RULE = 1  # raise when the same kind would be asked for otherwise
SECONDS = 20.0
KIND = "sound of a place"
WISHES = {  # kind -> what any maker of sounds is asked; this machine's knows them all
    "rain": "Steady soft rain",
    "storm": "Heavy storm with thunder far away",
    "wind": "Steady wind over open land",
    "sea": "Calm sea waves on a beach",
    "river": "A small brook over stones",
    "fire": "A crackling fire in a hearth",
    "night": "Crickets at night",
    "meadow": "Birdsong over a meadow",
    "forest": "A quiet forest by day, rustling leaves",
    "town": "A town square far away",
}
MANNER = "Ambience for a film, even in loudness, fit to be repeated, no music, no speech."
LIVE = {  # by places of briefs, out of doors
    "sea": "sea, beach, ship, harbour, island, lighthouse",
    "river": "river, river bank, bridge",
    "town": "street, town, station, village",
    "forest": "forest",
    "meadow": "garden, meadow, farm, valley, lake, marsh, road, graveyard, palace grounds",
    "wind": "hill, mountain, desert, tower, castle, ruins, sky, roof, snow field",
    "fire": "camp",
}
PLACES = {place: kind for kind, row in LIVE.items() for place in row.split(", ")}
BURNING = {"fire", "fireplace", "hearth", "campfire", "bonfire", "flame", "flames", "stove"}


def kind(brief: Mapping[str, Any]) -> str:
    """What a scene sounds like, "" for a quiet one: a fire that is seen, the weather out of doors, the place by its time."""
    place, inside = brief.get("place", ""), bool(brief.get("indoors"))
    if BURNING & set(brief.get("what", ())) and (inside or place == "camp"):
        return "fire"
    if inside:
        return ""
    weather = brief.get("weather", "")
    if weather in ("rain", "storm"):
        return str(weather)
    found = PLACES.get(place, "")
    if weather == "snow" and found in ("", "meadow", "forest", "wind"):
        return "wind" if place else ""
    return "night" if found in ("meadow", "forest") and brief.get("time") == "night" else found


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring scenes of one sound, in samples of the film."""

    kind: str
    start: int
    end: int


def stretches(timeline: Timeline, kinds: Mapping[int, str]) -> list[Stretch]:
    """Of scenes' kinds by their numbers. Where a card lies between two scenes, they meet in its middle."""
    places, found = timeline.scenes, list[Stretch]()
    for at, place in enumerate(places):
        start = place.start if at == 0 else (places[at - 1].end + place.start) // 2
        end = place.end if at + 1 == len(places) else (place.end + places[at + 1].start) // 2
        own = Stretch(kinds.get(place.number, ""), start * SAMPLES_PER_FRAME, end * SAMPLES_PER_FRAME)
        if found and found[-1].kind == own.kind:
            found[-1] = Stretch(own.kind, found[-1].start, own.end)
        else:
            found.append(own)
    return [one for one in found if one.kind]


def facts(ctx: Context, timeline: Timeline) -> dict[str, Any]:
    """What of the places the film's recipe depends on: nothing where none is heard."""
    laid = _laid(ctx, timeline)
    return {"places": [VERSION, *([_recipe(ctx, s.kind), s.start, s.end] for s in laid)]} if laid else {}


def _laid(ctx: Context, timeline: Timeline) -> list[Stretch]:
    if not ctx.options.sounds:
        return []
    briefs = Scene.objects.filter(script_id=ctx.run.script_id).order_by("number").values_list("brief", flat=True)
    return stretches(timeline, {place: kind(brief) for place, brief in enumerate(briefs, 1)})


@dataclass(frozen=True, slots=True)
class Air:
    """The film's places as they sound: `spans` for mix(), `of` the recordings by kind."""

    spans: tuple[Span, ...] = ()
    of: tuple[tuple[str, Asset], ...] = ()

    @property
    def made(self) -> dict[str, Any]:
        """What the sound depends on, as it was made in the end; nothing where no place is heard."""
        digests = {local_path(asset): asset.sha256 for _, asset in self.of}
        return {"places": [VERSION, *([digests[s.path], s.start, s.end] for s in self.spans)]} if self.spans else {}

    @property
    def credits(self) -> list[Credit]:
        return [credit("sound", asset, kind) for kind, asset in self.of]


def obtain(ctx: Context, timeline: Timeline) -> Air:
    """The recordings, made now where they do not stand. Later while a vendor works on one."""
    laid = _laid(ctx, timeline)
    of = {kind: asset for kind in _kinds(laid) if (asset := _recording(ctx, kind)) is not None}
    spans = tuple(Span(local_path(of[s.kind]), s.start, s.end) for s in laid if s.kind in of)
    return Air(spans, tuple(of.items()))


def _kinds(laid: Sequence[Stretch]) -> Iterable[str]:
    return dict.fromkeys(stretch.kind for stretch in laid)


def _recording(ctx: Context, kind: str) -> Asset | None:
    """A vendor's where the maker chose one; else, and where it could not, this machine's."""
    request = SoundRequest(f"{WISHES[kind]}. {MANNER}", SECONDS)
    if heard.model(ctx, "sound"):
        asset = heard.by_vendor(ctx, "sound", _recipe(ctx, kind), request, KIND)
        if asset is not None:
            return asset
        if not ctx.facts.get("told of sounds"):
            ctx.note("fallback", capability="sound", why=_("no sound model could do it"))
            ctx.facts["told of sounds"] = True
    return heard.by_this_machine(ctx, "sound", _own_recipe(kind), request, KIND)


def _recipe(ctx: Context, kind: str) -> str:
    model = heard.model(ctx, "sound")
    return _digest(kind, model) if model else _own_recipe(kind)


def _own_recipe(kind: str) -> str:
    return _digest(kind, LocalSounds.model)


def _digest(kind: str, model: str) -> str:
    return digest_of({KIND: RULE, "model": model, "prompt": f"{WISHES[kind]}. {MANNER}", "seconds": SECONDS})
