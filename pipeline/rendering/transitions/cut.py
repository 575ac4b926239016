"""At once, in the middle. A plan needs no transition piece for a cut; this serves a cut inside one."""

from __future__ import annotations

from ..warp import Frame


def mix(old: Frame, new: Frame, out: Frame, k: float, *, rtl: bool) -> None:
    for source, target in zip((old if k < 0.5 else new).planes, out.planes, strict=True):
        target[:] = source
