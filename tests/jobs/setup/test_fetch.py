"""Fetching a file into the cache: complete and verified, or not at all."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.setup.fetch import fetch

CONTENT = b"a model, as it were" * 100
RIGHT = hashlib.sha256(CONTENT).hexdigest()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Do not log requests."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "model.bin").write_bytes(CONTENT)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path / "www"))) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


def test_the_right_file_arrives(server: str, tmp_path: Path) -> None:
    target = tmp_path / "cache" / "model.bin"
    fetch(f"{server}/model.bin", target, RIGHT)
    assert target.read_bytes() == CONTENT
    assert list(target.parent.iterdir()) == [target]


def test_another_file_leaves_nothing(server: str, tmp_path: Path) -> None:
    target = tmp_path / "cache" / "model.bin"
    with pytest.raises(UserError, match="sha256"):
        fetch(f"{server}/model.bin", target, "0" * 64)
    assert list(target.parent.iterdir()) == []


def test_a_missing_file_fails_with_one_line(server: str, tmp_path: Path) -> None:
    with pytest.raises(InfrastructureError, match="cannot fetch"):
        fetch(f"{server}/nothing", tmp_path / "cache" / "model.bin", RIGHT)
    with pytest.raises(UserError, match="only https://, http:// and s3://"):
        fetch("ftp://models.example.org/model.bin", tmp_path / "cache" / "model.bin", RIGHT)
