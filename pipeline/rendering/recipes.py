"""What an output depends on, as one hash."""

from __future__ import annotations

import hashlib
import json

import av
import cv2

RENDERER = 4  # raise when the same piece would come out with other bytes
_TOOLS = {"renderer": RENDERER, "av": av.__version__, "cv2": cv2.__version__}


def recipe(facts: dict[str, object]) -> str:
    """sha256, in hex, of plain facts and of the tools that turn them into pixels."""
    text = json.dumps({"tools": _TOOLS, **facts}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
