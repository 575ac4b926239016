"""The run's page in parts that are swapped one by one: each with a version, so that only what changed is sent."""

from __future__ import annotations

from collections.abc import Iterator

from django.template.loader import render_to_string

from pipeline.live import View

CARD = "scene-%s"


def page(asked: str) -> int | None:
    """The page of scenes that an address asks for, if it does."""
    return int(asked) if asked.isdigit() and len(asked) < 6 else None


def versions(seen: View) -> dict[str, str]:
    """{id of the part: its version} of everything the page shows."""
    cards = {CARD % card.key: card.version for card in seen.cards}
    return seen.versions | {"run-scenes": seen.scenes_version} | cards


def changed(seen: View, known: dict[str, str]) -> Iterator[str]:
    """The HTML of the parts whose version is not the known one, ready for out-of-band swaps.

    Where nothing is known (a socket has just opened) cards come beside the strip: a page that has the same strip leaves
    it alone, and a card that changed since the page was made would be lost with it.
    """
    context = {"seen": seen, "run": seen.run, "oob": True}
    for name, version in seen.versions.items():
        if known.get(name) != version:
            yield render_to_string(f"pipeline/run/{name}.html", context)
    if known.get("run-scenes") != seen.scenes_version:
        yield render_to_string("pipeline/run/run-scenes.html", context)
        if known:
            return
    for card in seen.cards:
        if known.get(CARD % card.key) != card.version:
            yield render_to_string("pipeline/run/card.html", {"card": card, "oob": True})
