"""A proxy that passes on one write of a key at a time to an S3 server.

S3Proxy checks that a key is absent and then writes, so two puts with `If-None-Match: *` may both succeed. In S3,
exactly one succeeds. Behind this proxy, the server's conditional writes behave as in S3.
"""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

BLOCK = 1 << 18
LOCKS = 64
"""The number of locks. Keys share them by their hash."""
_OF_A_CONNECTION = ("connection", "transfer-encoding", "content-length", "date", "server")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, upstream: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream = urlsplit(upstream).netloc
        self.locks = [threading.Lock() for _ in range(LOCKS)]

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore clients that have disconnected."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        """Pass the request on and the answer back. During a write, no other write of the same key is passed on."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        key = hash(urlsplit(self.path).path)
        reads = self.command in ("GET", "HEAD")
        with nullcontext() if reads else self.server.locks[key % LOCKS]:
            upstream = http.client.HTTPConnection(self.server.upstream, timeout=600)
            try:
                headers = {name: value for name, value in self.headers.items() if name.lower() != "expect"}
                upstream.request(self.command, self.path, body or None, headers)
                self._answer(upstream.getresponse())
            finally:
                upstream.close()

    do_HEAD = do_PUT = do_POST = do_DELETE = do_GET  # noqa: N815

    def _answer(self, response: http.client.HTTPResponse) -> None:
        length = response.getheader("Content-Length")
        whole = response.read() if length is None and self.command != "HEAD" else b""
        self.send_response_only(response.status)
        for name, value in response.getheaders():
            if name.lower() not in _OF_A_CONNECTION:
                self.send_header(name, value)
        if response.status != http.client.NO_CONTENT:
            self.send_header("Content-Length", str(len(whole)) if length is None else length)
        self.end_headers()
        self.wfile.write(whole)
        while block := response.read(BLOCK):
            self.wfile.write(block)

    def log_message(self, *args: object) -> None:
        """Do nothing: the server has its own log."""


@contextmanager
def ordered_writes(upstream: str) -> Iterator[str]:
    """The address of a proxy for the server at `upstream`, on a free loopback port. Stopped at the end."""
    server = _Server(upstream)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
