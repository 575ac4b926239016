"""Decodes what a member brings in a process of its own, bounded in time, memory and files."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from pipeline.desk_tools import limits
from pipeline.errors import BadInput
from pipeline.providers import sniff
from projects.children import child


def clean(kind: str, path: Path, out: Path, *, seconds: float = 0) -> dict[str, Any]:
    """Write `path` anew to `out`: facts of it. BadInput with what to do; the child never outlives this call."""
    with path.open("rb") as stream:
        media_type = sniff.media_type(stream.read(sniff.NEEDED))
    if media_type not in limits.TYPES[kind]:
        raise BadInput(f"brought.{kind}", asked(kind))
    arguments = ("-m", "pipeline.desk_tools.child", kind, media_type, str(path), str(out))
    with child(arguments) as process:
        try:
            said, _nothing = process.communicate(timeout=seconds or limits.SECONDS[kind])
        except subprocess.TimeoutExpired:
            raise _wrong(kind, {"wrong": "slow"}) from None
    facts = _answer(said)
    if "wrong" in facts or not out.exists():
        raise _wrong(kind, facts)
    return facts


def _answer(said: bytes) -> dict[str, Any]:
    """The child's last line; "broken" when it died without one."""
    try:
        facts = json.loads(said.decode().strip().splitlines()[-1])
    except (ValueError, IndexError):
        return {"wrong": "broken"}
    return facts if isinstance(facts, dict) else {"wrong": "broken"}


def asked(kind: str) -> str:
    """What would be taken."""
    return {
        limits.PICTURE: _("This is no picture that can be used. Save it as PNG, JPEG or WebP, then bring that."),
        limits.RECORDING: _(
            "This is no recording that can be used. Save it as WAV, MP3, M4A or FLAC, then bring that."
        ),
        limits.CLIP: _("This is no clip that can be used. Save it as MP4, MOV or WebM, then bring that."),
    }[kind]


def _wrong(kind: str, facts: dict[str, Any]) -> BadInput:
    size = {"width": facts.get("width", "?"), "height": facts.get("height", "?"), "least": limits.SMALLEST}
    told = {
        "large": _("It has too many pixels. Make it smaller, at most 3840 × 2160 for a clip, then bring it again."),
        "small": _("It has %(width)s × %(height)s pixels; both sides need at least %(least)s. Bring a larger one.") % size,
        "long": _("It is longer than %(most)s s. Cut it, then bring it again.") % {"most": facts.get("most", "")},
        "short": _("It is shorter than half a second. Bring a longer one."),
        "silent": _("Nothing is heard in it. Record it again, nearer to the microphone."),
        "still": _("There is no moving picture in it. Bring it as a picture instead."),
        "slow": _("It takes too long to read. Make it shorter or smaller, then bring it again."),
    }.get(facts.get("wrong", ""))  # fmt: skip
    return BadInput(f"brought.{facts.get('wrong', 'broken')}", told or asked(kind))
