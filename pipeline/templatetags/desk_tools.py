"""What the tools of a scene need to know of its card."""

from __future__ import annotations

from typing import Any

from django import template

from projects.desk.takes import VOICE

register = template.Library()


@register.filter
def reads_now(card: Any) -> bool:
    """Whether the card's voice says the scene's words as they are now: it's played without being made."""
    wanted = card.scene.digests.get(VOICE, "")
    return card.voice is not None and (VOICE not in card.due or card.voice.recipe == wanted)
