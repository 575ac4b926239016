"""What no vendor is asked to draw. Books may be grim: only what is never innocent is held back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pipeline.errors import Refused
from pipeline.providers.base import ModerationRequest
from pipeline.stages.base import Context, Subject

NEVER = {"sexual/minors", "self-harm/instructions", "illicit/violent", "hate/threatening"}


def hold(words: str, subject: Subject, ctx: Context) -> None:
    """Refused, naming the scene, when its picture is of a kind that is never drawn."""
    found = ctx.providers.capability("moderation").moderate(ModerationRequest(text=words)).categories
    if NEVER & set(found):
        message = _(
            "The picture of scene %(n)s would show what no provider draws. Change the scene's words or its picture's "
            "description, and go on."
        )
        raise Refused("picture.refused", message % {"n": subject.position})
