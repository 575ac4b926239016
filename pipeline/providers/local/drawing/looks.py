"""From words about a character to one fixed appearance: the same words always give the same person."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from ...base import Look

HAIRS = {
    "black": "#2e2629", "dark": "#3b2c28", "brown": "#6b432c", "chestnut": "#7a4528", "auburn": "#8c4326", "red": "#b4532a", "ginger": "#c2662d",
    "golden": "#dcb257", "blond": "#dfbb6c", "blonde": "#dfbb6c", "fair": "#dcbc7a", "yellow": "#e2c05e", "flaxen": "#e3cb8c",
    "grey": "#a8a39d", "gray": "#a8a39d", "silver": "#bdb9b4", "white": "#ece7de",
}  # fmt: skip
SKINS = {
    "pale": "#f8dfca",
    "fair": "#f6d6ba",
    "light": "#f3cfae",
    "tan": "#dda77b",
    "olive": "#d3a377",
    "brown": "#a8703f",
    "dark": "#7f5233",
    "black": "#6b4530",
}
CLOTH = {
    "red": "#b8493c", "scarlet": "#c2402f", "crimson": "#a23340", "blue": "#5f86b8", "navy": "#3c4f74", "green": "#6b8f5e", "yellow": "#dcb44e",
    "gold": "#cf9f3f", "white": "#efe9dc", "black": "#3c383d", "grey": "#8d8a86", "gray": "#8d8a86", "brown": "#86603f", "purple": "#7a5a8c",
    "violet": "#7a5a8c", "pink": "#d695a0", "orange": "#cf7a3d", "lilac": "#a58fb8", "turquoise": "#5fa3a0", "cream": "#e9dcbb",
}  # fmt: skip
SPREAD = ("#5f86b8", "#b8655a", "#6f9270", "#b98f4c", "#7a6490", "#5d8f94", "#a3705a", "#8a8f5c", "#c08a94", "#54688c")
BRIGHT = ("#5f86b8", "#c0655c", "#6f9a72", "#d0a04a", "#8a6ea8", "#4f9499", "#c9808e")
WOMEN = (
    "long",
    "mediumBangs",
    "medium2",
    "medium3",
    "bun2",
    "longBangs",
    "mediumBangs3",
    "bangs",
    "longCurly",
    "mediumStraight",
    "bangs2",
    "mediumBangs2",
)
MEN = ("short2", "short3", "short5", "pomp", "short4", "grayShort")
GIRLS = ("long", "mediumBangs3", "longBangs", "medium3", "bangs2", "mediumBangs", "buns")
BOYS = ("short3", "short5", "short4", "grayShort")
ELDERS = {"female": ("grayBun", "grayMedium"), "male": ("noHair3", "grayShort", "noHair2")}
BEARDS = ("full", "full2", "full4", "goatee2")
CLOTHED = (
    "waistcoat",
    "coat",
    "jacket",
    "watch",
    "glove",
    "hat",
    "cap",
    "dress",
    "apron",
    "spectacles",
    "upright",
    "talk",
    "speak",
    "trousers",
    "boots",
    "cloak",
    "scarf",
    "crown",
    "uniform",
    "dressed",
)


@dataclass(frozen=True, slots=True)
class Outfit:
    """What stays the same in every picture of one character. `garment`: dress, gown, trousers, coat, robe. `animal`: a noun."""

    name: str
    head: str = "short1"
    skin: str = "#f3cfae"
    hair: str = "#6b432c"
    top: str = "#5f86b8"
    bottom: str = "#6a6470"
    shoes: str = "#4a3a34"
    garment: str = "trousers"
    beard: str = ""
    glasses: str = ""
    hat: str = ""
    apron: str = ""
    vest: str = ""
    child: bool = False
    old: bool = False
    animal: str = ""
    upright: bool = False
    fur: str = ""
    holds: str = ""  # an attribute always carried: "watch", "umbrella", ...
    size: float = 1.0


def pick(key: str, choices: tuple, salt: str = ""):  # type: ignore[no-untyped-def, type-arg]
    """One of the choices, always the same for the same key."""
    return choices[int.from_bytes(hashlib.sha256(f"{key}|{salt}".encode()).digest()[:6], "big") % len(choices)]


def _colour_of(words: str, nouns: tuple[str, ...], table: dict[str, str]) -> str:
    """The colour said of one of the nouns: "long red hair", "a blue dress"; the word nearest before it wins."""
    tokens = words.replace("-", " ").replace(",", " ").split()
    for i, token in enumerate(tokens):
        if token.rstrip("s") in nouns or token in nouns:
            for before in reversed(tokens[max(0, i - 4) : i]):
                if before in table:
                    return table[before]
    return ""


def outfit(look: Look) -> Outfit:
    """The appearance that a look's words ask for; what they leave open is settled by the name."""
    words = " ".join(look.traits).lower()
    female = look.sex == "female" or (not look.sex and pick(look.name, (True, False), "sex"))
    child, old = look.age == "child", look.age == "old"
    cloth = _cloth(look, words, female)
    animal = look.noun.lower() if look.kind == "animal" else ""
    return Outfit(
        name=look.name, skin=_skin(look, words), hair=_hair(look, words, old), head=_head(look, words, female, child, old),
        beard=_beard(look, words, female, child, old), glasses=_glasses(words), hat=_hat(words), child=child, old=old, animal=animal,
        upright=any(w in words for w in CLOTHED), holds=_holds(words), fur=_fur(look, words) if animal else "", size=_size(words), **cloth,
    )  # fmt: skip


def _skin(look: Look, words: str) -> str:
    return _colour_of(words, ("skin", "skinned", "complexion", "face", "faced"), SKINS) or pick(
        look.name, ("#f6d6ba", "#f3cfae", "#efc6a2"), "skin"
    )


def _hair(look: Look, words: str, old: bool) -> str:
    said = _colour_of(words, ("hair", "haired", "curl", "lock", "braid", "plait", "beard", "head"), HAIRS)
    said = said or next((HAIRS[c] for c in ("blonde", "blond", "redhead", "brunette") if c in words and c in HAIRS), "")
    if said or old:
        return said or "#cfcac2"
    return pick(look.name, ("#6b432c", "#3b2c28", "#7a4528", "#8c4326", "#cfa75c", "#2e2629"), "hair")


def _head(look: Look, words: str, female: bool, child: bool, old: bool) -> str:
    said = {
        "bald": "noHair1",
        "turban": "turban",
        "hijab": "hijab",
        "headscarf": "hijab",
        "bun": "bun2",
        "ribbon": "bun",
        "afro": "afro",
        "dreadlock": "dreads1",
    }
    for word, head in said.items():
        if word in words:
            return head
    if "curl" in words:
        return "longCurly" if female else "twists2"
    if re.search(r"\blong\W+(?:\w+\W+){0,2}hair", words):
        return "longBangs" if female else "medium1"
    if old:
        return pick(look.name, ELDERS["female" if female else "male"], "head")
    return pick(look.name, (GIRLS if female else BOYS) if child else (WOMEN if female else MEN), "head")


def _beard(look: Look, words: str, female: bool, child: bool, old: bool) -> str:
    if "clean-shaven" in words or "clean shaven" in words or female or child:
        return ""
    if "moustache" in words or "mustache" in words:
        return "moustache5" if "beard" not in words else "full2"
    if "long beard" in words or "white beard" in words:
        return "full4" if _hair(look, words, old) > "#a" else "full3"
    if "beard" in words:
        return pick(look.name, BEARDS, "beard")
    return (
        pick(look.name, ("", "full4", "full2"), "beard")
        if old
        else pick(look.name, ("", "", "", "moustache6"), "beard")
    )


def _glasses(words: str) -> str:
    if "eyepatch" in words or "eye patch" in words:
        return "eyepatch"
    return "glasses2" if any(w in words for w in ("spectacles", "glasses", "monocle")) else ""


def _hat(words: str) -> str:
    hats = {
        "top hat": "🎩",
        "crown": "👑",
        "bonnet": "👒",
        "straw hat": "👒",
        "helmet": "🪖",
        "cap": "cap",
        "hat": "🎩",
        "graduation": "🎓",
    }
    return next((char for word, char in hats.items() if word in words.replace("captain", "")), "")


def _holds(words: str) -> str:
    return next(
        (
            w
            for w in (
                "watch",
                "umbrella",
                "lantern",
                "sword",
                "staff",
                "basket",
                "fan",
                "pipe",
                "book",
                "broom",
                "axe",
                "violin",
            )
            if w in words
        ),
        "",
    )


FURS = {
    "white": "#f3efe8",
    "black": "#4a4548",
    "grey": "#a3a0a0",
    "gray": "#a3a0a0",
    "brown": "#9a7048",
    "red": "#c4612f",
    "golden": "#dcb257",
}

NATURAL = {  # where one drawing serves many kinds
    **dict.fromkeys(["crow", "raven", "jackdaw", "panther"], "#4a4548"), **dict.fromkeys(["gull", "seagull", "albatross", "stork"], "#eeece6"),
    **dict.fromkeys(["sparrow", "lark", "thrush", "nightingale", "wren", "cuckoo"], "#a07f5a"), "robin": "#b5693f", "canary": "#e3c04f",
    "swallow": "#5b6b8c", "magpie": "#56565e", "pigeon": "#9aa0ab", "heron": "#a9b2bb", "kingfisher": "#4f86a8", "woodpecker": "#6b7a5a",
    "bird": "#8d8676", "jackal": "#b98f5c", "puma": "#b98f5c",
}  # fmt: skip


def _fur(look: Look, words: str) -> str:
    said = _colour_of(words, ("fur", "coat", "feather", "wool"), FURS)
    named = next((FURS[w] for w in look.name.lower().split() if w in FURS), "")
    return said or named or NATURAL.get(look.noun.lower(), "")


def _size(words: str) -> float:
    if any(w in words for w in ("tiny", "very small", "little man")):
        return 0.72
    return 1.22 if any(w in words for w in ("giant", "huge", "enormous", "very tall")) else 1.0


TOPS = (
    "dress", "gown", "coat", "jacket", "shirt", "robe", "cloak", "frock", "uniform", "suit", "jersey", "sweater", "tunic",
)  # fmt: skip
CUTS = {
    "gown": "gown", "robe": "robe", "cloak": "robe", "dress": "dress", "frock": "dress", "coat": "coat",
    "trousers": "trousers",
}  # fmt: skip
OF_RANK = ("gentleman", "captain", "doctor", "traveller", "king")


def _cloth(look: Look, words: str, female: bool) -> dict[str, str]:
    said = _colour_of(words, TOPS, CLOTH)
    garment = _garment(look, words, female)
    vest = (_colour_of(words, ("waistcoat", "vest"), CLOTH) or "#b8493c") if _vested(words) else ""
    man = look.kind == "person" and look.sex == "male" and look.age != "child"
    if man and not said and garment == "trousers":  # nothing is told of him: men of a book are not all dressed alike
        garment = pick(look.name, ("coat", "trousers"), "cut")
        if garment == "trousers" and not vest:
            vest = pick(look.name, ("", "#8c5a4a", "#5f6b64"), "vest")
    aproned = "apron" in words or "pinafore" in words
    return {
        "top": said or pick(look.name, BRIGHT if look.age == "child" else SPREAD, "top"),
        "bottom": _colour_of(words, ("trouser", "trousers", "breeches", "skirt"), CLOTH)
        or pick(look.name, ("#6a6470", "#7a6a58", "#54607a", "#5f5a52"), "bottom"),
        "garment": garment,
        "vest": vest,
        "apron": (_colour_of(words, ("apron", "pinafore"), CLOTH) or "#efe9dc") if aproned else "",
        "shoes": pick(look.name, ("#4a3a34", "#3b3436", "#6a4a34"), "shoes"),
    }


def _vested(words: str) -> bool:
    return "waistcoat" in words or "vest" in words.split()


def _garment(look: Look, words: str, female: bool) -> str:
    """The cut that is told, else what suits the age and rank."""
    told = words.replace("waistcoat", "")
    for word, cut in CUTS.items():
        if word in told:
            return cut
    if female and "waistcoat" not in words and look.age in ("adult", "old", ""):
        return "gown"
    if not female and look.age == "adult" and any(rank in words for rank in OF_RANK):
        return "coat"
    return "dress" if female and "waistcoat" not in words else "trousers"
