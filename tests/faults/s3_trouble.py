"""A local proxy in front of an S3 server, which forwards requests or injects faults."""

from __future__ import annotations

import http.client
import random
import re
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

BLOCK = 1 << 18
CODES = {
    "slowdown": (503, "SlowDown"),
    "500": (500, "InternalError"),
    "403": (403, "AccessDenied"),
    "404": (404, "NoSuchKey"),
    "409": (409, "ConditionalRequestConflict"),
    "expired": (400, "ExpiredToken"),
}


@dataclass
class Plan:
    """What goes wrong. `next_ones` are the troubles of the coming requests that `only` matches, one each:
    `slowdown`, `500`, `403`, `404`, `409`, `expired`, `unconditional` (done without its If-None-Match), `reset N`
    (after N bytes of the body), `drip N` (bytes a second), `short N` (N bytes, framed as if they were all), `whole N`
    (the same, as if they were the whole file), `shift N` (a range that begins N bytes late), `late N` (the answer
    begins after N ms), `lost` (done, and the connection is reset before the answer; each further time for the path,
    AccessDenied, so that the client gives up), `cut` (the connection is reset, and nothing done), `` (none).
    `always` meets every one of them; `share` of all other requests fail with 503, 500 or a reset before the answer;
    after each `reset_every` bytes of bodies, one is cut.
    """

    next_ones: list[str] = field(default_factory=list)
    always: str = ""
    only: str = ""
    share: float = 0.0
    reset_every: int = 0
    seed: int = 1


class TroubledStore(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, upstream: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.upstream = urlsplit(upstream).netloc
        self.plan = Plan()
        self.asked: list[tuple[str, str, str]] = []
        self.troubled = 0
        self.signed: list[bool] = []
        self.lost: set[str] = set()
        self.awaited = self.most_awaited = 0
        """Requests whose answer has not begun."""
        self.sent = 0
        self.lock = threading.Lock()
        self._random = random.Random(1)

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore connections that the test cut."""

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def arrange(self, **plan: object) -> Plan:
        """Set a new plan, and reset the counts."""
        with self.lock:
            self.plan = Plan(**plan)  # type: ignore[arg-type]
            self.asked, self.signed, self.lost = [], [], set()
            self.troubled, self.sent, self.most_awaited = 0, 0, 0
            self._random = random.Random(self.plan.seed)
        return self.plan

    def trouble(self, method: str, path: str, span: str) -> str:
        with self.lock:
            self.asked.append((method, path, span))
            plan = self.plan
            if re.search(plan.only, f"{method} {path}"):
                if plan.next_ones:
                    return plan.next_ones.pop(0)
                if plan.always:
                    return plan.always
            if plan.share and self._random.random() < plan.share:
                return self._random.choice(["slowdown", "500", "cut"])
        return ""

    def cut_now(self, count: int) -> bool:
        """Whether to cut the current body after these bytes."""
        with self.lock:
            before, self.sent = self.sent, self.sent + count
            every = self.plan.reset_every
            return bool(every) and before // every != self.sent // every


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: TroubledStore

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else b""
        trouble = self.server.trouble(self.command, self.path, self.headers.get("Range", ""))
        with self.server.lock:
            self.server.signed.append("Authorization" in self.headers)
            self.server.awaited += 1
            self.server.most_awaited = max(self.server.most_awaited, self.server.awaited)
            self.server.troubled += bool(trouble)
        self.awaited = True
        try:
            self._answer(trouble, body)
        except (BrokenPipeError, ConnectionResetError, http.client.HTTPException):
            self.close_connection = True
        finally:
            self._begun()

    do_HEAD = do_PUT = do_POST = do_DELETE = do_GET  # noqa: N815

    def _answer(self, trouble: str, body: bytes) -> None:
        kind, _, amount = trouble.partition(" ")
        if kind in CODES:
            return self._refuse(*CODES[kind])
        if kind == "cut":
            return self._cut()
        if kind == "late":
            time.sleep(int(amount) / 1000)
        if kind == "lost" and not self._first_time():
            return self._refuse(*CODES["403"])
        upstream = http.client.HTTPConnection(self.server.upstream, timeout=60)
        try:
            left_out = ("expect", "if-none-match") if kind == "unconditional" else ("expect",)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in left_out}
            upstream.request(self.command, self.path, body or None, headers)
            with upstream.getresponse() as response:
                if kind == "lost":
                    response.read()
                    return self._cut()
                self._pass_on(response, kind, int(amount or 0))
        finally:
            upstream.close()
        return None

    def _pass_on(self, response: http.client.HTTPResponse, kind: str, amount: int) -> None:
        skipped = ("transfer-encoding", "connection", "date", "server", "content-length")
        headers = {name: value for name, value in response.getheaders() if name.lower() not in skipped}
        length = int(response.getheader("Content-Length") or 0)
        if response.getheader("Transfer-Encoding") or response.getheader("Content-Length") is None:
            data = response.read() if self.command != "HEAD" else b""
            self._head(response.status, headers, len(data))
            self.wfile.write(data)
            return
        if kind == "shift":
            response.read(amount)
            length -= amount
            headers = {name: _shifted(value, amount) for name, value in headers.items()}
        if kind == "whole":
            headers = {name: value for name, value in headers.items() if name.lower() != "content-range"}
        whole = 200 if kind == "whole" else response.status
        self._head(whole, headers, min(length, amount) if kind in ("short", "whole") else length)
        if self.command == "HEAD":
            return
        left = min(length, amount) if kind in ("short", "whole", "reset") else length
        pace = amount if kind == "drip" else 0
        while left > 0 and (block := response.read(min(left, max(1, pace // 10) if pace else BLOCK))):
            self.wfile.write(block)
            left -= len(block)
            if pace:
                self.wfile.flush()
                time.sleep(len(block) / pace)
            if self.command == "GET" and self.server.cut_now(len(block)):
                with self.server.lock:
                    self.server.troubled += 1
                return self._cut()
        if kind == "reset":
            self._cut()

    def _first_time(self) -> bool:
        with self.server.lock:
            known = self.path in self.server.lost
            self.server.lost.add(self.path)
        return not known

    def _begun(self) -> None:
        """The response has begun, or there is none."""
        with self.server.lock:
            self.server.awaited -= self.awaited
        self.awaited = False

    def _head(self, status: int, headers: dict[str, str], length: int) -> None:
        self._begun()
        self.send_response_only(status)
        for name, value in (headers | {"Content-Length": str(length)}).items():
            self.send_header(name, value)
        self.end_headers()

    def _refuse(self, status: int, code: str) -> None:
        text = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>as arranged</Message></Error>".encode()
        self._head(status, {"Content-Type": "application/xml"}, 0 if self.command == "HEAD" else len(text))
        if self.command != "HEAD":
            self.wfile.write(text)

    def _cut(self) -> None:
        """Reset the connection, including data that was sent before."""
        self.wfile.flush()
        self.close_connection = True
        with suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def log_message(self, *args: object) -> None:
        pass


def _shifted(header: str, amount: int) -> str:
    """A Content-Range that begins `amount` bytes later."""
    return re.sub(r"^bytes (\d+)", lambda match: f"bytes {int(match[1]) + amount}", header)


@contextmanager
def troubled(upstream: str) -> Iterator[TroubledStore]:
    """A proxy in front of the server at `upstream`, without faults at first."""
    server = TroubledStore(upstream)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
