"""What its webhook says. Nothing signs it, so it only tells which job to ask about."""

from __future__ import annotations

import json
import re
from typing import Any

LARGEST = 256 * 1024
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def job_of(body: bytes) -> str:
    """The id of the job that a webhook's body names, "" when it names none. Never trust more of it: ask by `collect`."""
    if len(body) > LARGEST:
        return ""
    try:
        told: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    found = told.get("id") if isinstance(told, dict) else None
    if isinstance(found, bool) or not isinstance(found, int | str):
        return ""
    return str(found) if ID.fullmatch(str(found)) else ""
