"""What no vendor is asked to draw, and what of its drawings no film shows. Books may be grim: only that is held back."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image

from pipeline.errors import Refused
from pipeline.providers.base import ModerationRequest
from pipeline.stages.base import Context, Subject

NEVER = {"sexual/minors", "self-harm/instructions", "illicit/violent", "hate/threatening"}
UNSHOWN = {"sexual", "sexual/minors"}
LARGEST = 768  # pixels of the long side of what a moderator is shown


def hold(words: str, subject: Subject, ctx: Context) -> None:
    """Refused, naming the scene, when its picture is of a kind that is never drawn."""
    found = ctx.providers.capability("moderation").moderate(ModerationRequest(text=words)).categories
    if NEVER & set(found):
        message = _(
            "The picture of scene %(n)s would show what no provider draws. Change the scene's words or its picture's "
            "description, and go on."
        )
        raise Refused("picture.refused", message % {"n": subject.position})


def shown(ctx: Context) -> Callable[[Any], str]:
    """Holds a vendor's picture to what films show: what is wrong with it, or "". Another model draws it then."""

    def wrong(result: Any) -> str:
        asked = ModerationRequest(picture=_small(result.data))
        found = ctx.providers.capability("moderation").moderate(asked).categories
        return "the picture shows what no film shows" if UNSHOWN & set(found) else ""

    return wrong


def _small(picture: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as opened:
        opened.thumbnail((LARGEST, LARGEST))
        opened.convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()
