"""The picture brief's fields and choices in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

BRIEF: dict[str, Any] = {
    "time": gettext_lazy("Time"),
    "weather": gettext_lazy("Weather"),
    "mood": gettext_lazy("Mood"),
    "framing": gettext_lazy("Seen from"),
}
SAID: dict[str, Any] = {
    "": gettext_lazy("as it comes"),
    "dawn": gettext_lazy("dawn"),
    "day": gettext_lazy("day"),
    "dusk": gettext_lazy("dusk"),
    "night": gettext_lazy("night"),
    "clear": gettext_lazy("clear"),
    "rain": gettext_lazy("rain"),
    "snow": gettext_lazy("snow"),
    "storm": gettext_lazy("storm"),
    "fog": gettext_lazy("fog"),
    "calm": gettext_lazy("calm"),
    "joy": gettext_lazy("joy"),
    "fear": gettext_lazy("fear"),
    "sadness": gettext_lazy("sadness"),
    "anger": gettext_lazy("anger"),
    "wonder": gettext_lazy("wonder"),
    "wide": gettext_lazy("far away"),
    "medium": gettext_lazy("a few steps away"),
    "close": gettext_lazy("near"),
}
