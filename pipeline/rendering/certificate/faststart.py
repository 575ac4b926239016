"""Whether the film can be watched while it is still being loaded."""

from __future__ import annotations

from pathlib import Path

from .gate import Gate


def faststart(film: Path) -> Gate:
    order = [name for name, _ in boxes(film)]
    ok = "moov" in order and "mdat" in order and order.index("moov") < order.index("mdat")
    said = (
        "starts before it is loaded" if ok else "the index stands at the end: a browser must load the whole film first"
    )
    return Gate("faststart", "moov before mdat", " ".join(order), ok, said)


def boxes(film: Path) -> list[tuple[str, int]]:
    """(name, bytes) of the top boxes of an MP4."""
    found, at, size = [], 0, film.stat().st_size
    with film.open("rb") as file:
        while at + 8 <= size:
            file.seek(at)
            head = file.read(16)
            length, name = int.from_bytes(head[:4], "big"), head[4:8].decode("latin-1")
            length = int.from_bytes(head[8:16], "big") if length == 1 else length or size - at
            found.append((name, length))
            at += max(length, 8)
    return found
