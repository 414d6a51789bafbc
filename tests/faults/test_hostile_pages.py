"""Texts and addresses of pages in places where people see them: terminal and data docs."""

from __future__ import annotations

from pathlib import Path

from decantry.jobs.checks.expectation import Batch, Expectation
from decantry.jobs.checks.validate import validate
from decantry.jobs.process.terminal import harmless

SCRIPT = "<script>alert('canary')</script><img src=x onerror=alert(1)>"
STEERING = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egpj.exe\u2066\x00\r\nnext"


def test_data_docs_show_markup_as_text(tmp_path: Path) -> None:
    wrong = Expectation("ExpectColumnValuesToBeInSet", {"column": "url", "value_set": ["https://a/"]})
    results = validate([Batch("gold/fineweb", "a sample", {"url": [SCRIPT, "https://a/"]}, (wrong,))], tmp_path)
    assert [result.success for result in results] == [False]
    assert results[0].observed == SCRIPT
    pages = [page.read_text(encoding="utf-8") for page in tmp_path.rglob("*.html")]
    assert any("alert(" in page and "canary" in page for page in pages)  # it is shown
    for page in pages:
        assert "<script>alert('canary')" not in page and "<img src=x" not in page


def test_no_control_sequence_reaches_the_terminal() -> None:
    shown = harmless(STEERING)
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 or char in "\u202e\u2066" for char in shown)
    assert "\n" not in shown and "next" in shown
