"""Servers on the loopback that answer like https and s3 stores, also with faults."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Store(ThreadingHTTPServer):
    """Files by path, and a list of the troubles that the next requests meet: a status, `break` with a number of bytes,
    or `drip`, a byte every 20 ms of a body whose length is not told.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.etags: dict[str, str] = {}
        self.troubles: list[str] = []
        self.asked: list[tuple[str, str, str]] = []
        self.ranges = True

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Store

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, body: bool) -> None:
        span = self.headers.get("Range", "")
        self.server.asked.append((self.command, self.path, span))
        trouble = self.server.troubles.pop(0) if self.server.troubles else ""
        data = self.server.files.get(self.path)
        if trouble.isdigit():
            return self._head(int(trouble), 0, {"Retry-After": "0"})
        if data is None:
            return self._head(404, 0, {})
        match = re.fullmatch(r"bytes=(\d+)-(\d*)", span) if self.server.ranges else None
        start = int(match[1]) if match else 0
        end = min(len(data), int(match[2]) + 1) if match and match[2] else len(data)
        etag = {"ETag": self.server.etags.get(self.path, '"1"')}
        if match and start >= len(data):
            return self._head(416, 0, etag)
        if match:
            etag["Content-Range"] = f"bytes {start}-{end - 1}/{len(data)}"
        if trouble == "drip":
            return self._drip(etag, data)
        self._head(206 if match else 200, end - start, etag)
        if body:
            sent = data[start:end]
            if trouble.startswith("break"):
                self.wfile.write(sent[: int(trouble[5:])])
                self.wfile.flush()
                self.close_connection = True
                self.connection.shutdown(2)
            else:
                self.wfile.write(sent)
        return None

    def _drip(self, headers: dict[str, str], data: bytes) -> None:
        self.close_connection = True
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):
            for byte in data:
                self.wfile.write(bytes([byte]))
                time.sleep(0.02)

    def _head(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(length)}).items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def store() -> Iterator[Store]:
    server = Store()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
