"""Which sounds a wish asks for, by its English words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from . import nature, things, water, weather
from .ring import Dice, Sound

MOST = 3  # sounds of one wish that are heard together
_WORD = re.compile(r"[a-z]+")
_NOT = re.compile(r"\b(?:no|without|not|never)\s+(?:\w+\s+(?:or|and)\s+)?\w+")
KNOWN: Mapping[str, tuple[Callable[[float, Dice], Sound], str]] = {
    "rain": (weather.rain, "rain rains raining rainy rainfall drizzle drizzling shower showers raindrops downpour"),
    "storm": (weather.storm, "storm storms stormy thunder thunders thunderstorm lightning tempest hurricane"),
    "wind": (weather.wind, "wind winds windy breeze gust gusts gale blizzard snowstorm howling draught"),
    "sea": (water.sea, "sea seas ocean wave waves surf shore beach coast tide seaside breakers"),
    "river": (water.river, "river rivers stream streams brook creek water waterfall rapids rill babbling fountain"),
    "fire": (weather.fire, "fire fires fireplace hearth campfire bonfire flames flame crackling burning embers"),
    "night": (nature.night, "night nights nighttime cricket crickets cicada cicadas owl owls midnight"),
    "meadow": (nature.meadow, "meadow meadows field fields garden bird birds birdsong chirping countryside lark"),
    "forest": (nature.forest, "forest forests wood woods woodland trees jungle grove leaves rustling"),
    "town": (things.town, "town city street streets market village square traffic carts"),
    "crowd": (things.crowd, "crowd crowds murmur murmuring people audience tavern chatter party guests"),
    "bell": (things.bell, "bell bells toll tolling tolls church chime chimes gong"),
    "clock": (things.clock, "clock clocks tick ticks ticking tock pendulum watch"),
    "footsteps": (things.footsteps, "footstep footsteps steps walking walks footfall footfalls strides pacing"),
    "door": (things.door, "door doors creak creaks creaking gate hinge hinges slam slams"),
    "train": (things.train, "train trains locomotive railway steam railroad engine"),
}
_KIND = {word: kind for kind, (_, words) in KNOWN.items() for word in words.split()}


def chosen(prompt: str) -> tuple[str, ...]:
    """Kinds of sound in the order in which the wish names them, at most three; what it does not want is left out."""
    wished = _NOT.sub(" ", prompt.lower())
    found = [_KIND[word] for word in _WORD.findall(wished) if word in _KIND]
    return tuple(dict.fromkeys(found))[:MOST]
