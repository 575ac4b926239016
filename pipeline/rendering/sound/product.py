"""Matrix products in one thread, whatever BLAS would like."""

from __future__ import annotations

from typing import Any

import numpy as np

SMALL = 200_000  # multiplications under which OpenBLAS starts no threads (its own threshold is 262,144)


def product(rows: Any, weights: Any) -> Any:
    """`rows` @ `weights`, in calls too small to be shared out.

    Threads would fight with the renderer's workers for the cores (eight times the CPU on a busy machine), and the
    last bits would depend on their number.
    """
    height = max(1, SMALL // weights.size)
    whole = len(rows) // height * height
    out = np.empty((len(rows), weights.shape[1]), rows.dtype)
    stacked = out[:whole].reshape(-1, height, weights.shape[1])
    np.matmul(rows[:whole].reshape(-1, height, rows.shape[1]), weights, out=stacked)
    np.matmul(rows[whole:], weights, out=out[whole:])
    return out
