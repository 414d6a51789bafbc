"""The last lines of an ingest and of a curate."""

from __future__ import annotations

import pytest

from decantry.jobs.checks.parts import Part
from decantry.jobs.cli import show
from decantry.jobs.curate.report import CurateReport
from decantry.jobs.ingest.options import IngestReport
from decantry.jobs.recipe.load import parse


def test_failures_are_shown_without_terminal_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    errors = [f"s3://pages/{n}.warc.gz: it may not be read\x1b[2J" for n in range(5)]
    show.ingested(IngestReport(archives=7, usable=2, failed=5, records=9, documents=4, errors=errors))
    assert capsys.readouterr().out.splitlines() == [
        "read 7 files: 9 records, 4 documents, 0 rejects in 0.0 s",
        "of these 5 failed: see `decantry inputs` and the table `rejects`",
        *(f"  s3://pages/{n}.warc.gz: it may not be read\\u001b[2J" for n in range(3)),
        "  and 2 more",
    ]


def test_documents_without_a_signature_are_counted_and_not_called_kept(capsys: pytest.CaptureFixture[str]) -> None:
    recipe = parse("recipe: near\nsteps:\n  - near_duplicates: {}\n  - c4: {}", "near.yaml")
    part = Part("c1", 2, "h", 1, {"c4.few_sentences": 2}, 0)
    show.curated(CurateReport(recipe, "h", (part,), (), 1.0, publication=1, uncompared={"near_duplicates": 2}))
    lines = capsys.readouterr().out.splitlines()
    assert "near_duplicates: 2 documents had nothing to compare, so this step kept them" in lines
    assert lines[-1] == "published as near@1 (`decantry rollback near` lists publications)"


def test_each_language_has_its_funnel_the_largest_first(capsys: pytest.CaptureFixture[str]) -> None:
    recipe = parse("recipe: near\nsteps:\n  - gopher_quality: {}\n  - c4: {}\n  - count_tokens: {}", "near.yaml")
    counts = {"de": {None: 3, "c4.lorem_ipsum": 1}, "": {"c4.lorem_ipsum": 2}, "th": {None: 6}}
    part = Part("c1", 12, "h", 1, {None: 9, "c4.lorem_ipsum": 3}, 9)
    show.curated(CurateReport(recipe, "h", (part,), (), 1.0, languages=counts))
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    at = lines.index("by language, in the judged crawls")
    assert [line.split() for line in lines[at + 1 : at + 5]] == [
        ["language", "documents", "c4", "kept", "share"],
        ["th", "6", "0", "6", "100.0%"],
        ["de", "4", "1", "3", "75.0%"],
        ["none", "2", "2", "0", "0.0%"],
    ]


def test_many_languages_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    recipe = parse("recipe: near\nsteps:\n  - c4: {}", "near.yaml")
    counts = {f"l{n}": {None: 1} for n in range(33)}
    show.curated(CurateReport(recipe, "h", (Part("c1", 33, "h", 1, {None: 33}, 33),), (), 1.0, languages=counts))
    assert "and 3 more languages with fewer documents" in capsys.readouterr().out.splitlines()
