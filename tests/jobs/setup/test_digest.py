"""A file is read once for its digest, until it changes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from decantry.jobs.setup import digest as module
from decantry.jobs.setup.digest import digest


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_file_that_has_not_changed_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "NEW", 0)
    file = tmp_path / "file"
    reads: list[Path] = []
    opened = Path.open

    def open_noted(path: Path, mode: str) -> Any:
        reads.append(path)
        return opened(path, mode)

    file.write_bytes(b"one")
    monkeypatch.setattr(Path, "open", open_noted)
    assert [digest(file), digest(file)] == [sha256(b"one")] * 2
    assert reads == [file]
    with opened(file, "wb") as stream:
        stream.write(b"longer")
    assert digest(file) == sha256(b"longer")
    assert reads == [file, file]


def test_a_file_that_has_just_changed_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "file"
    for content in (b"one", b"two", b"six"):
        file.write_bytes(content)
        assert digest(file) == sha256(content)
