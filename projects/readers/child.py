"""The child of `bounded.read`: `python -m projects.readers.child PATH NAME`. No Django; answers in frames on stdout."""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path

from projects.errors import BadInput
from projects.readers import limits
from projects.readers.bounded import frame


def main() -> None:
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not disturb the frames

    def send(kind: bytes, payload: bytes) -> None:
        out.write(frame(kind, payload))
        out.flush()

    limits.bind(lambda seconds: send(b"M", str(seconds).encode()))
    try:
        send(b"B", pickle.dumps(_read(Path(sys.argv[1]), sys.argv[2]), protocol=5))
    except BadInput as error:
        send(b"E", pickle.dumps((error.id, error.message, {k: str(v) for k, v in error.facts.items()})))


def _read(path: Path, name: str) -> object:
    from projects.readers import read_here

    return read_here(path, name=name)


if __name__ == "__main__":
    main()
