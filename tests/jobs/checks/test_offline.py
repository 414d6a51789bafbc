"""Data docs need no network, and keep the pages of the newest runs."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

from decantry.jobs.checks.expectation import Batch, Expectation
from decantry.jobs.checks.offline import KEPT_RUNS, list_newest, without_remote
from decantry.jobs.checks.validate import validate
from tests.jobs.explore.report.hostile import HOSTILE

LOADED = re.compile(r"""<(?:script|link|img)\b[^>]*\b(?:src|href)=["']https?://|url\(["']?https?://""")


def test_remote_resources_are_removed_from_data_docs() -> None:
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
    other = replace(batch, about="all runs")
    for _ in range(2):
        assert validate([batch, other], tmp_path)[0].success
    pages = sorted(tmp_path.rglob("*.html"))
    results = [page for page in pages if page.is_relative_to(tmp_path / "validations")]
    assert len(results) == 4
    assert len({page.parent.name for page in results}) == 2, "the pages of one run have one time"
    assert tmp_path / "index.html" in pages
    for page in pages:
        assert not LOADED.findall(page.read_text(encoding="utf-8")), page
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(page.relative_to(tmp_path).as_posix() in index for page in results)


def test_pages_of_older_runs_are_removed(tmp_path: Path) -> None:
    runs = [f"2026{number:04}T000000.000000Z" for number in range(KEPT_RUNS + 2)]
    for run in runs:
        for suite in ("ops/inputs", "silver/verdicts"):
            page = tmp_path / "validations" / suite / "__none__" / run / "x.html"
            page.parent.mkdir(parents=True)
            page.write_text("<html></html>", encoding="utf-8")
    (tmp_path / "index.html").write_text("<body></body>", encoding="utf-8")
    list_newest(tmp_path)
    left = [page.relative_to(tmp_path) for page in tmp_path.rglob("x.html")]
    assert sorted(page.parent.name for page in left) == sorted(2 * runs[2:])
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert index.count("<li>") == 2 * KEPT_RUNS
    assert all(page.as_posix() in index for page in left)


def test_forty_hostile_texts_stay_texts_in_data_docs(tmp_path: Path) -> None:
    """The library shows twenty values that fail, as they are: ids of rows may be anything."""
    unique = Expectation("ExpectColumnValuesToBeUnique", {"column": "id"})
    halves = {"first": HOSTILE[:20], "second": HOSTILE[20:]}
    batches = [Batch("gold/x", name, {"id": [*texts, *texts]}, (unique,)) for name, texts in halves.items()]
    assert [result.success for result in validate(batches, tmp_path)] == [False, False]
    shown = "".join(page.read_text(encoding="utf-8") for page in (tmp_path / "validations").rglob("*.html"))
    assert not [text for text in HOSTILE if re.search("[<\"']", text) and text in shown]
    assert len([text for text in HOSTILE if html.escape(text) in shown]) > 30
