"""`forget` asks for confirmation before it removes anything."""

from __future__ import annotations

import pytest

from tests.command import runner


def test_without_a_terminal_it_removes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = runner(monkeypatch, capsys)("forget", "--domain", "example.org", "--lake", "nowhere")
    assert (answer.code, answer.line) == (
        2,
        "nothing was removed: there is no terminal to ask for confirmation; add --yes",
    )
