"""Sentence and word vectors: wordllama's when it is there, else hashed word counts. Rows have length 1."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

_WIDTH = 256


@lru_cache(maxsize=1)
def _model() -> Any:
    """WordLlama from its own wheel, never from the network; None when it is not installed."""
    try:
        import wordllama
    except ImportError:
        return None
    # Without these two it looks for its tokenizer in the wrong folder and asks the network.
    return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)


def vectors(texts: Sequence[str]) -> np.ndarray:
    """One row of 256 numbers for each text."""
    if not texts:
        return np.zeros((0, _WIDTH), np.float32)
    model = _model()
    rows = model.embed(list(texts)) if model else np.stack([_hashed(t) for t in texts])
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), np.float32)


def _hashed(text: str) -> np.ndarray:
    """Word counts in 256 bins; crc32, because hash() differs from run to run."""
    row = np.zeros(_WIDTH, np.float32)
    for word in re.findall(r"\w{3,}", text.lower()):
        row[zlib.crc32(word.encode()) % _WIDTH] += 1
    return row
