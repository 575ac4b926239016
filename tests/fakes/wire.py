"""HTTP for the fakes: a threading server of this machine that turns what came into a Request and sends the Reply."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from tests.fakes.messages import Reply, Request


class Answering(Protocol):
    def answer(self, request: Request) -> Reply | None: ...


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    fake: Answering

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up on us is no error; anything else is shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server
    timeout = 60

    def _any(self) -> None:
        self.close_connection = True
        parts = urlsplit(self.path)
        length = int(self.headers.get("content-length") or 0)
        body = self._chunks() if "chunked" in self.headers.get("transfer-encoding", "") else self.rfile.read(length)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = parse_qs(parts.query, keep_blank_values=True)
        reply = self.server.fake.answer(Request(self.command, parts.path, query, headers, body))
        if reply is not None:
            self._send(reply)

    do_GET = do_POST = do_DELETE = do_PUT = do_PATCH = _any

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.media_type)
        self.send_header("Connection", "close")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.pieces is None:
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body[: len(reply.body) // 2] if reply.cut else reply.body)
        else:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self._stream(reply.pieces, reply.cut)

    def _stream(self, pieces: Iterator[bytes], cut: bool) -> None:
        whole = list(pieces) if cut else []
        for piece in whole[: len(whole) // 2] if cut else pieces:
            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            self.wfile.flush()
        if not cut:
            self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""
