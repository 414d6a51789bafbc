"""Data docs need no network, and every run's stay."""

from __future__ import annotations

import re
from pathlib import Path

from decantry.jobs.checks.expectation import Batch, Expectation
from decantry.jobs.checks.offline import without_remote
from decantry.jobs.checks.validate import validate

LOADED = re.compile(r"""<(?:script|link|img)\b[^>]*\b(?:src|href)=["']https?://|url\(["']?https?://""")


def test_what_is_loaded_from_elsewhere_is_taken_out() -> None:
    page = without_remote(
        '<head><link rel="stylesheet" href="https://cdn.example/a.css"/><script src="https://cdn.example/a.js"></script>'
        '</head><img src="https://cdn.example/a.png"><a href="https://example.org">stays</a><img src="own.png">'
        "<style>a{background: url('https://cdn.example/b.png')}</style>"
    )
    assert "cdn.example" not in page
    assert '<a href="https://example.org">stays</a><img src="own.png">' in page
    assert page.count("<style>") == 2


def test_pages_of_each_run_stay_and_load_nothing(tmp_path: Path) -> None:
    batch = Batch(
        "ops/inputs", "this run", {"n": [1, 2]}, (Expectation("ExpectColumnValuesToNotBeNull", {"column": "n"}),)
    )
    for _ in range(2):
        assert validate([batch], tmp_path)[0].success
    pages = sorted(tmp_path.rglob("*.html"))
    results = [page for page in pages if page.is_relative_to(tmp_path / "validations")]
    assert len(results) == 2
    assert tmp_path / "index.html" in pages
    for page in pages:
        assert not LOADED.findall(page.read_text(encoding="utf-8")), page
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(page.relative_to(tmp_path).as_posix() in index for page in results)
