"""An endpoint on this machine that answers as the test wants: correctly, late, wrongly, or not at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "key-for-tests-0123456789"


@dataclass
class Answer:
    """The answer: a status, headers and a body. Or nothing: after the client has gone (`stalls`), or at once."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    stalls: bool = False
    closes: bool = False
    length: int | None = None
    """What is said of the body's length, where it is not true."""


def says(content: object, usage: object = None) -> Answer:
    """A completion with this content."""
    told = {"prompt_tokens": 100, "completion_tokens": 10} if usage is None else usage
    found = {"choices": [{"message": {"role": "assistant", "content": content}}], "usage": told}
    return Answer(json.dumps(found).encode())


def scored(score: int) -> Answer:
    return says(f"It explains little.\nScore: {score}")


@dataclass
class Server:
    """The address, the requests so far, and the function `answer`, which is called with the prompt."""

    answer: Callable[[str], Answer]
    address: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def prompts(self) -> list[str]:
        return [each["messages"][0]["content"] for each in self.asked]

    def in_turn(self, *answers: Answer) -> None:
        """Give these answers one after the other, and then repeat the last one."""
        left = list(answers)
        self.answer = lambda prompt: left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def serving(answer: Callable[[str], Answer]) -> Iterator[Server]:
    """Run the server until the block ends."""
    server = Server(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(Answer(b'{"data": []}'))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with server.lock:
                server.asked.append(body)
                server.keys.append(self.headers["Authorization"])
                answer = server.answer(body["messages"][0]["content"])
            self._send(answer)

        def _send(self, answer: Answer) -> None:
            if answer.stalls:
                server.gone.wait()
            if answer.closes or answer.stalls:
                self.close_connection = True
                return
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
                self.end_headers()
                self.wfile.write(answer.body)
                self.close_connection = True
            except OSError:  # the client has closed the connection
                self.close_connection = True

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.address = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.gone.set()
        http.shutdown()
        http.server_close()
