# ruff: noqa: E501 - tables read better in long rows
"""What a picture will show, worked out from the brief before anything is drawn: the same for every style and shape of frame."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from ...base import Brief, ImageRequest, Look
from . import aliases
from .light import Light, light_for
from .looks import Outfit, outfit, pick
from .places import INSIDE, place_for
from .poses import OF_VERB, POSES, Pose
from .words import drawing_of, known, nearest

MOST_ACTORS = 3
MOST_THINGS = 4

FACES = {
    "joy": ("smile", "cute", "smileTeethGap", "calm"),
    "fear": ("fear", "concernedFear", "concerned"),
    "sadness": ("solemn", "tired", "concerned"),
    "anger": ("veryAngry", "angryWithFang", "driven"),
    "wonder": ("awe", "smile", "explaining"),
    "calm": ("smile", "calm", "serious", "driven"),
    "talk": ("explaining", "smile"),
    "sleep": ("eyesClosed",),
    "down": ("eyesClosed", "calm"),
    "eat": ("eatingHappy",),
    "think": ("suspicious", "contempt", "serious"),
}  # fmt: skip
MOODS = ("joy", "fear", "sadness", "anger", "wonder", "calm")
MODERN = {
    "laugh": "wave",
    "sing": "shout",
    "cook": "carry",
    "lie": "sleep",
    "open": "reach",
    "ride": "sit",
    "sail": "row",
    "stand": "stand",
    "work": "dig",
    "build": "dig",
    "close": "push",
    "grow": "stand",
    "shrink": "stand",
    "steal": "run",
}


# What stands for a place when the passage names neither people nor things.
EMBLEMS = {
    "hall": ("lantern", "lantern"), "kitchen": ("🫖", "teapot"), "bedroom": ("🕯", "candle"), "library": ("📖", "book"), "living room": ("🪑", "chair"),
    "sea": ("⛵", "boat"), "beach": ("🐚", "shell"), "lake": ("🦢", "swan"), "river": ("🛶", "boat"), "river bank": ("🦆", "duck"), "harbour": ("⚓", "anchor"),
    "ship": ("🧭", "compass"), "forest": ("🦉", "owl"), "meadow": ("🦋", "butterfly"), "garden": ("🌹", "rose"), "street": ("🐈", "cat"), "village": ("well", "well"),
    "farm": ("🐓", "rooster"), "road": ("🐦", "bird"), "sky": ("🦅", "eagle"), "space": ("🪐", "planet"), "cave": ("🦇", "bat"), "desert": ("🐪", "camel"),
    "mountain": ("🦅", "eagle"), "hill": ("🐑", "sheep"), "school": ("📚", "books"), "laboratory": ("⚗", "alembic"), "church": ("🕯", "candle"), "castle": ("🛡", "shield"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Actor:
    """One character in one pose. `ref`: its drawing when it is an animal or thing without a drawn body."""

    outfit: Outfit
    pose: Pose
    verb: str
    face: str
    ref: str = ""
    face_char: str = ""
    held: str = ""
    scale: float = 1.0  # grown or shrunk


@dataclass(frozen=True, slots=True)
class Thing:
    """`scale` beside its usual size (tiny, huge)."""

    ref: str
    noun: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Scene:
    place: str
    inside: bool
    time: str
    weather: str
    framing: str
    mood: str
    light: Light
    actors: tuple[Actor, ...]
    things: tuple[Thing, ...]
    key: str


def key_of(request: ImageRequest) -> str:
    """What makes this picture itself: the brief and the seed, not the size or the style."""
    return hashlib.sha256(f"{request.seed}|{request.brief!r}".encode()).hexdigest()


def plan(request: ImageRequest) -> Scene:
    brief, key = request.brief, key_of(request)
    place = place_for(brief.place, brief.indoors)
    if pose_name(brief.action) in ("swim", "row") and place == "river":
        place = "lake"
    inside = place in INSIDE or (brief.indoors and place == "plain")
    time = brief.time if brief.time in ("dawn", "day", "dusk", "night") else "day"
    mood = brief.mood if brief.mood in MOODS else "calm"
    things = list(_things(brief, place))
    actors = _actors(request, mood, key, things)
    used = {a.held for a in actors}
    if not actors and not things:
        things = [Thing(*EMBLEMS.get(place, pick(key, (("🕯", "candle"), ("📖", "book"), ("🍃", "leaf")))))]
    return Scene(
        place, inside, time, brief.weather, _framing(brief, place), mood,
        light_for(time, brief.weather, inside), tuple(actors), tuple(t for t in things if t.ref not in used)[:MOST_THINGS], key,
    )  # fmt: skip


def _framing(brief: Brief, place: str) -> str:
    """As asked; but where no place is known, nobody is shown small in an empty wide."""
    asked = brief.framing if brief.framing in ("wide", "medium", "close") else "medium"
    return "medium" if place == "plain" and asked == "wide" else asked


# -- who ----------------------------------------------------------------------------------------
def _actors(request: ImageRequest, mood: str, key: str, things: list[Thing]) -> list[Actor]:
    looks = {look.name: look for look in request.cast}
    verb = pose_name(request.brief.action)
    scale = {"grow": 1.5, "shrink": 0.5}.get(request.brief.action, 1.0)
    present = [looks.get(name) or _stranger(name) for name in request.brief.who]
    if not present:
        return []
    worn = {w for look in present for t in look.traits for w in t.split()}
    things[:] = [t for t in things if not {t.noun, t.noun + "s"} & worn & aliases.WORN]
    own = {drawing_of(look.noun or look.name) for look in present if look.kind != "person"}
    things[:] = [t for t in things if t.ref not in own and t.noun not in {look.noun for look in present}]
    return [_actor(look, i, verb, mood, key, things, scale) for i, look in enumerate(present[:MOST_ACTORS])]


def _stranger(name: str) -> Look:
    """Somebody the cast does not know: an animal when the last word of the name is one."""
    noun = name.lower().split()[-1] if name else ""
    return Look(name, "animal" if noun in aliases.FACES or noun in aliases.BEASTS else "person", noun)


AIRY = {"fog": "cloud", "mist": "cloud", "wind": "cloud"}  # who has no body of its own


def _actor(look: Look, index: int, verb: str, mood: str, key: str, things: list[Thing], scale: float) -> Actor:
    who = outfit(look)
    own = verb if index == 0 else _answering(verb)
    pose = POSES[own]
    held = _held(who, pose, own, things, index)
    face = pick(key, FACES.get(pose.face) or FACES[mood], f"face{index}")
    if mood in ("fear", "sadness", "anger") and pose.face in ("", "talk"):
        face = pick(key, FACES[mood], f"face{index}")
    ref, face_char = "", ""
    if look.kind == "animal":
        face_char = aliases.FACES.get(who.animal, "") if who.upright else ""
        ref = (
            ""
            if face_char
            else who.animal
            if who.animal in aliases.BEASTS
            else known(who.animal) or drawing_of(look.name) or "🐾"
        )
    elif look.kind == "thing":
        ref = drawing_of(AIRY.get(look.noun, look.noun) or look.name)
    return Actor(who, _armed(pose, own, held), own, face, ref, face_char, held, scale if index == 0 else 1.0)


def _answering(verb: str) -> str:
    """What the others do while the first one acts."""
    alike = {"run", "walk", "swim", "fly", "dance", "row", "climb", "sit", "float", "play", "fight", "sleep"}
    return (
        verb
        if verb in alike
        else {"talk": "stand", "read": "sit", "fall": "look", "cry": "give", "shout": "stand", "bow": "stand"}.get(
            verb, "stand"
        )
    )


def _held(who: Outfit, pose: Pose, verb: str, things: list[Thing], index: int) -> str:
    """A book for the reader, a quill for the writer, else the scene's own thing that fits a hand, else the person's attribute."""
    wanted = {"book": "📖", "quill": "🪶"}.get(pose.prop, "")
    if wanted:
        return wanted
    if verb in ("eat", "drink"):
        return next(
            (t.ref for t in things if t.ref in aliases.FOOD & aliases.IN_HAND and t.scale <= 1 and not index), ""
        )
    if index == 0 and verb in (
        "carry",
        "hold",
        "give",
        "eat",
        "drink",
        "look",
        "fight",
        "dig",
        "think",
        "play",
        "walk",
        "run",
        "stand",
        "talk",
    ):
        for t in things:
            if (
                t.ref in aliases.IN_HAND
                and t.scale <= 1.0
                and (len(things) > 1 or verb in ("carry", "hold", "give", "eat", "drink", "fight", "dig"))
            ):
                return t.ref
    if who.holds and pose.rest not in ("lie", "water", "air"):
        return {
            "watch": "⏱",
            "umbrella": "🌂",
            "lantern": "lantern",
            "sword": "🗡",
            "staff": "🪄",
            "basket": "🧺",
            "fan": "🪭",
            "book": "📖",
            "broom": "🧹",
            "axe": "🪓",
            "violin": "🎻",
        }.get(who.holds, "")
    return ""


def _armed(pose: Pose, verb: str, held: str) -> Pose:
    """A hand that holds something comes up in front."""
    if held and verb in ("stand", "talk", "walk", "look", "think"):
        return replace(pose, near_arm=(26, 108))
    return pose


def pose_name(action: str) -> str:
    """The pose for a verb; unknown verbs take the nearest in meaning."""
    action = action.lower().strip()
    for word in (
        action,
        action.removesuffix("ing"),
        action.removesuffix("ing") + "e",
        action.removesuffix("s"),
        action.removesuffix("ed"),
        action.removesuffix("d"),
    ):
        if word in POSES:
            return word
        if word in MODERN:
            return MODERN[word]
        if word in OF_VERB:
            return OF_VERB[word]
    return OF_VERB.get(nearest(action, tuple(sorted(OF_VERB)), 0.45), "stand") if action else "stand"


# -- what ---------------------------------------------------------------------------------------
_SMALL = """
tiny little small wee minute miniature
"""
SMALL = frozenset(_SMALL.split())
_GREAT = """
huge enormous giant gigantic great immense vast monstrous towering large
"""
GREAT = frozenset(_GREAT.split())


def _things(brief: Brief, place: str) -> list[Thing]:
    """The brief's nouns as drawings, best first; then what the passage itself surely names."""
    found: dict[str, Thing] = {}
    for noun in brief.what:
        ref = drawing_of(noun)
        if ref and ref not in found:
            found[ref] = Thing(ref, noun, _scale(noun, brief.text))
    if not found:
        for word in re.findall(r"[a-z]{3,}", brief.text.lower()):
            ref = known(word) if word in aliases.THINGS else ""
            if ref and word not in aliases.WORN | aliases.DOUBTFUL and ref not in found and len(found) < 2:
                found[ref] = Thing(ref, word, _scale(word, brief.text))
    if any(t.ref in aliases.ON_TABLE for t in found.values()):
        found.pop("table", None)
    return [t for t in found.values() if not _is_place(t.ref, place) and not _in_sky_already(t.ref, brief, place)]


def _in_sky_already(ref: str, brief: Brief, place: str) -> bool:
    """Sun, moon and lightning are drawn with the sky out of doors."""
    if place in INSIDE or place in ("space", "plain", "underwater"):
        return False
    return ref in "☀🌙🌕☁" or (ref == "⚡" and brief.weather == "storm") or (ref == "⭐" and brief.time == "night")


def _scale(noun: str, text: str) -> float:
    m = re.search(rf"([a-z]+)[, ]+(?:[a-z]+ )?{re.escape(noun.split()[-1])}", text.lower())
    words = set(re.findall(r"[a-z]+", m.group(0))) if m else set()
    return 0.6 if words & SMALL else 1.6 if words & (GREAT - {"great", "large"}) else 1.25 if words & GREAT else 1.0


def _is_place(ref: str, place: str) -> bool:
    """A lighthouse before the lighthouse, trees in the forest: the place shows it already."""
    shown = {
        "forest": "🌳🌲🌿", "meadow": "🌿", "garden": "🌿", "library": "📚", "sea": "🌊", "beach": "🌊", "house": "🏠🏡", "village": "🏘🏠⛪", "town": "🏘🏠", "castle": "🏰",
        "mountain": "⛰", "island": "🏝🌴", "camp": "⛺", "farm": "", "graveyard": "🪦", "living room": "🔥", "tunnel": "🕳", "attic": "", "harbour": "⛵", "church": "⛪", "sky": "☁", "space": "⭐",
        "street": "lamppost", "kitchen": "stove", "bedroom": "🛏", "school": "🏫", "market": "⛱", "hall": "🚪", "train": "🚃", "station": "🚂", "shop": "", "prison": "⛓",
    }  # fmt: skip
    return (
        ref in shown.get(place, "")
        or (place == ref and ref in ("lighthouse", "tower"))
        or (place == "ship" and ref in ("galleon", "🚢"))
    )
