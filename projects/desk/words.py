"""The words of a scene: written in place, by several members at once without a loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from projects.desk.edit import edit
from projects.errors import BadInput
from projects.models import Change, Clash, Scene

VOICE = "audio_generation"
LONGEST = 6000  # letters of one scene


@dataclass(frozen=True, slots=True)
class Line:
    """What a member wrote for one stretch, and who shall say it."""

    text: str
    speaker: str = ""


def write(scene: Scene, lines: Sequence[Line], *, revision: int, by: User | None) -> Clash | None:
    """Put `lines` in the place of the scene's words as of `revision`.

    When somebody else wrote in between, what stands stays, and these words are kept beside it as the Clash returned.
    BadInput when nothing is left to say; Refused when the scene is locked.
    """
    _sane(lines)
    with edit(scene.script_id, "words", by=by) as made:
        row = made.get(scene.pk)
        wanted = laid(row.segments, lines)
        if wanted == row.segments:
            return None
        if row.revision != revision:
            clash = _clash(row, wanted, by)
            made.note("clashed", row.pk)
            return clash
        _speak_anew(row, wanted)
    return None


def _sane(lines: Sequence[Line]) -> None:
    if not any(line.text.strip() for line in lines):
        raise BadInput("scene.empty", _("A scene needs words. Delete it if it shall say nothing."))
    if sum(len(line.text) for line in lines) > LONGEST:
        raise BadInput("scene.long", _("This is too long for one scene. Split it first."))


def laid(segments: Sequence[dict[str, Any]], lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Lines over segments: each keeps the place in the book of the segment it stands for; empty ones go."""
    found = []
    for place, line in enumerate(lines):
        base = segments[min(place, len(segments) - 1)] if segments else {"start": 0, "end": 0, "paragraph": 0}
        if place >= len(segments):
            base = {**base, "start": base.get("end", 0)}
        text = line.text.replace("\r\n", "\n").strip()
        if text:
            found.append({"role": "narration", **base, "text": text, "speaker": line.speaker})
    return found


def _speak_anew(scene: Scene, segments: list[dict[str, Any]]) -> None:
    """Other words: a take or a recording of the old ones no longer fits."""
    scene.segments = segments
    scene.kept.pop(VOICE, None)
    scene.own.pop(VOICE, None)


def _clash(scene: Scene, wanted: list[dict[str, Any]], by: User | None) -> Clash:
    rows = Change.objects.filter(script=scene.script_id, scene=scene.pk).select_related("by")
    last = rows.exclude(by=by).first()
    open_one = Clash.objects.filter(scene=scene, by=by, settled=None).first()
    if open_one:
        open_one.segments, open_one.at = wanted, timezone.now()
        open_one.against = last.by if last else open_one.against
        open_one.save(update_fields=["segments", "at", "against"])
        return open_one
    return Clash.objects.create(scene=scene, segments=wanted, by=by, against=last.by if last else None)


@transaction.atomic
def settle(clash: Clash, *, take: bool, by: User | None) -> bool:
    """Choose: `take` the words kept beside, or leave those that stand. False when somebody chose before."""
    if not Clash.objects.filter(pk=clash.pk, settled=None).update(settled=timezone.now()):
        return False
    with edit(clash.scene.script_id, "clash", by=by) as made:
        if take:
            _speak_anew(made.get(clash.scene_id), clash.segments)
        else:
            made.note("settled", clash.scene_id)
    return True


def picture(scene: Scene, *, title: str, brief: dict[str, Any], by: User | None) -> None:
    """Another brief for the picture: it is drawn anew, whatever was chosen or brought before."""
    with edit(scene.script_id, "brief", by=by) as made:
        row = made.get(scene.pk)
        if (row.title, row.brief) == (title, row.brief | brief):
            return
        row.title, row.brief = title[:300], row.brief | brief
        row.kept.pop("image_generation", None)
        row.own.pop("image_generation", None)
