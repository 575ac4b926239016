"""Sockets outside loopback are refused."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch


class Stranger(OSError):
    """A test tried to reach another machine."""


@contextmanager
def refuse_strangers() -> Iterator[list[str]]:
    """While it lasts only this machine can be reached; gives the list of refused hosts."""
    tries: list[str] = []

    def checked(original, host_of):
        def call(*arguments, **options):
            host = host_of(*arguments, **options)
            if not is_here(host):
                tries.append(str(host))
                raise Stranger(f"the tests have no network: {host}")
            return original(*arguments, **options)

        return call

    def of_address(_socket, address):
        return address[0] if isinstance(address, tuple) else None

    def of_message(_socket, _data, *flags_and_address):
        return of_address(_socket, flags_and_address[-1])

    with (
        patch.object(socket.socket, "connect", checked(socket.socket.connect, of_address)),
        patch.object(socket.socket, "connect_ex", checked(socket.socket.connect_ex, of_address)),
        patch.object(socket.socket, "sendto", checked(socket.socket.sendto, of_message)),
        patch.object(socket, "getaddrinfo", checked(socket.getaddrinfo, lambda host, *_, **__: host)),
    ):
        yield tries


def is_here(host: object) -> bool:
    """Unix sockets (no host) and loopback are here; names but localhost are not."""
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name in ("", "localhost", "testserver", socket.gethostname()):
        return True
    try:
        return ipaddress.ip_address(str(name).partition("%")[0]).is_loopback or str(name) in ("0.0.0.0", "::")
    except ValueError:
        return False
