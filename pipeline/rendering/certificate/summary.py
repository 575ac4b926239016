"""The certificate in five lines."""

from __future__ import annotations

from collections.abc import Sequence

from .gate import Certificate, Gate

LINES = (
    ("Picture", ("frames", "streams", "colour", "faststart", "black", "frozen", "duplicates")),
    ("Sound", ("loudness", "true peak", "silence", "voices")),
    ("In time", ("duration", "sync", "drift", "caption offset", "caption offset, worst")),
    ("Words", ("words heard", "captions", "caption words")),
    ("Source", ("coverage",)),
)


def lines(certificate: Certificate) -> list[str]:
    """A line a subject: a tick when all its gates hold, else what does not, in plain words."""
    named = {gate.name: gate for gate in certificate.gates}
    return [_line(title, [named[name] for name in names if name in named]) for title, names in LINES]


def _line(title: str, gates: Sequence[Gate]) -> str:
    failed = [gate for gate in gates if gate.ok is False]
    measured = [gate for gate in gates if gate.ok is not None]
    shown = failed or measured or gates
    mark = "✗" if failed else "✓" if measured else "–"
    said = "; ".join(gate.message for gate in shown if gate.message)
    return f"{mark} {title:<8} {said or 'not measured'}"
