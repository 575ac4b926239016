"""What a picture is asked to show, in neutral words: handed from the language room to the illustrators."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How one character looks, the same in every picture."""

    name: str
    kind: str = "person"  # person, animal, thing: "rabbit" stands in `noun`
    noun: str = ""
    sex: str = ""  # female, male, ""
    age: str = ""  # child, adult, old, ""
    traits: tuple[str, ...] = ()  # "red hair", "beard", "spectacles", "blue dress"


@dataclass(frozen=True, slots=True)
class Brief:
    """What a picture shows. All lower case nouns, best first; `who` are names to be found in ImageRequest.cast."""

    place: str = ""  # "meadow", "forest", "hall", "kitchen", "street", "sea", "sky", ...
    indoors: bool = False
    time: str = ""  # dawn, day, dusk, night
    weather: str = ""  # clear, rain, snow, storm, fog
    who: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    action: str = ""  # the verb of the scene: "run", "read", "fall"
    mood: str = ""  # calm, joy, fear, sadness, anger, wonder
    framing: str = "medium"  # wide, medium, close
    text: str = ""  # the passage itself, for search by meaning
