# ruff: noqa: E501 - path data reads better on one line
"""Places: word -> painter. A painter draws the background and tells where feet may stand."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ..pen import Pen
from ..words import nearest
from . import country, halls, odd, rooms, shore, town
from .view import Ground, View

__all__ = ["INSIDE", "PLACES", "Ground", "View", "place_for"]

Paint = Callable[[Pen, View, Random], Ground]

PLACES: dict[str, Paint] = {
    **country.PLACES,
    **shore.PLACES,
    **town.PLACES,
    **rooms.PLACES,
    **halls.PLACES,
    **odd.PLACES,
}
INSIDE = frozenset(rooms.PLACES) | frozenset(halls.PLACES) | {"cave", "tunnel", "well"}
SAME = {
    "bank": "river bank", "wood": "forest", "woods": "forest", "field": "meadow", "fields": "meadow", "ocean": "sea", "shore": "beach", "port": "harbour",
    "market": "market", "market place": "market", "lane": "road", "path": "road", "house": "house", "home": "room", "parlour": "living room", "parlor": "living room",
    "drawing room": "living room", "sitting room": "living room", "bookshop": "library", "workshop": "laboratory", "classroom": "school", "nursery": "bedroom",
    "corridor": "hall", "palace grounds": "palace grounds", "rabbit hole": "tunnel", "rabbit-hole": "tunnel", "hole": "tunnel", "pit": "well", "shaft": "well",
    "boat": "ship", "deck": "ship", "cottage": "living room", "city": "town", "outdoors": "meadow", "outside": "meadow", "indoors": "room", "inside": "room",
    "cavern": "cave", "dungeon": "prison", "court": "courtroom", "underwater": "underwater", "market-place": "market", "pool": "lake", "pond": "lake",
}  # fmt: skip


def place_for(word: str, indoors: bool) -> str:
    """The place that is drawn for a word; an unknown one goes to the nearest in meaning, none to a plain ground."""
    word = word.lower().strip()
    if word in PLACES:
        return word
    if word in SAME:
        return SAME[word]
    if not word:
        return "room" if indoors else "plain"
    choices = tuple(p for p in PLACES if (p in INSIDE) == indoors and p != "plain")
    return nearest(word, choices, 0.25) or ("room" if indoors else "plain")
