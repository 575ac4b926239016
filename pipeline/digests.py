"""A short fingerprint of facts, to see whether what is shown has changed."""

from __future__ import annotations

import hashlib
from typing import Any


def digest(*facts: Any) -> str:
    return hashlib.blake2b(repr(facts).encode(), digest_size=8).hexdigest()
