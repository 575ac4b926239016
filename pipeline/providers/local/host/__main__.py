"""`python -m pipeline.providers.local.host MODEL NUMBER MARK`: listens, leaves the caller's session, then loads the model."""

from __future__ import annotations

import os
import socket
import sys

from pipeline.providers.local.host.client import Slot
from pipeline.providers.local.host.server import Server


def main(slot: Slot) -> None:
    """The caller waits for the first process only; the second one goes on, so no zombie is left behind."""
    ready, tell = os.pipe()
    if os.fork():
        os.close(tell)
        os._exit(0 if os.read(ready, 1) else 1)
    os.setsid()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(slot.socket))
    listener.listen(8)
    os.write(tell, b"1")
    os.close(tell)
    os.close(ready)
    Server(slot, listener).run()


if __name__ == "__main__":
    main(Slot(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
