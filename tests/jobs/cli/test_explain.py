from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from decantry.jobs.cli.explain import fetch_command, lines
from decantry.jobs.explore.explanation import Cluster, Explanation, StepExplained
from decantry.jobs.ingest.job import ingest
from decantry.jobs.lake.lake import Lake
from decantry.jobs.steps.near_duplicates import NearDuplicates
from tests.command import decantry
from tests.jobs.cli.conftest import Pets

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def test_the_kept_page_shows_its_bytes_its_steps_and_its_edit(pets: Pets) -> None:
    said = pets.explain("https://pets.example.org/cats")
    assert said.code == 0, said.err
    for line in (
        "https://pets.example.org/cats",
        "verdict: kept",
        "near_duplicates: 2 documents, cluster cats; kept: cats (https://pets.example.org/cats)",
        " 1. has_pet: passed",
        " 2. c4: edited",
        "      kept for a cluster of 2 documents",
        "-Please enable javascript to see the pictures of the cat in this gallery.",
    ):
        assert line in said.out.splitlines() or any(shown.strip() == line.strip() for shown in said.out.splitlines())
    assert f"bytes      {pets.archive} offset 0" in said.out


def test_a_removed_page_names_the_rule_its_measurement_and_what_was_not_reached(pets: Pets) -> None:
    out = pets.explain("short").out
    assert "verdict: removed by c4.too_few_sentences" in out
    assert "x too_few_sentences: 1 (removes when sentences < 3)" in out
    assert " 3. near_duplicates: not reached" in out


def test_a_duplicate_names_the_page_that_was_kept_for_it(pets: Pets) -> None:
    out = pets.explain("copy").out
    assert "verdict: removed by near_duplicates.duplicate" in out
    assert "kept: cats (https://pets.example.org/cats)" in out
    assert "it has the same words as the kept document" in out


PAGE: Any = {
    "url": None,
    "id": "1",
    "warc_path": "a.warc",
    "warc_offset": 0,
    "warc_length": 5,
    "extractor": "given",
    "charset": None,
    "crawl": "c",
    "language": "en",
    "language_score": 1.0,
    "language_script": "Latn",
}


@pytest.mark.parametrize(
    ("size", "kept", "shown"),
    [
        (3, True, ["      kept for a cluster of 3 documents"]),
        (1, True, []),
        (3, False, ["    x duplicate: 3 (removes when cluster_size > 1)"]),
    ],
)
def test_a_step_that_finds_clusters_shows_its_rule_only_if_it_removed_the_page(
    size: int, kept: bool, shown: list[str]
) -> None:
    step = NearDuplicates()
    rules = tuple(step.rules())
    explained = StepExplained(step, {"cluster_size": size}, rules, () if kept else rules, True, False, {})
    verdict: Any = {"kept": kept, "removed_by": None if kept else "near_duplicates.duplicate"}
    out = lines(Explanation(PAGE, (), verdict, (explained,), (), (), "some text", "some text"))
    at = out.index(f" 1. near_duplicates: {'passed' if kept else 'removed'}")
    assert out[at + 1 : out.index("", at)] == shown


def test_a_duplicate_is_compared_word_by_word_with_the_kept_document() -> None:
    page = PAGE | {"id": "gone"}
    cluster = Cluster("near_duplicates", "gone", 2, "kept", "https://a.example", "The old cat\x1b sat here.", 0.875)
    verdict: Any = {"kept": False, "removed_by": "near_duplicates.duplicate"}
    text = "The new cat\x1b sat here today."
    out = lines(Explanation(page, (), verdict, (), (cluster,), (), text, text))
    at = out.index("near_duplicates: 2 documents, cluster gone; kept: kept (https://a.example), similarity 0.875")
    assert out[at + 1 : at + 3] == [
        "  changed words, from the kept document to this one:",
        "    The [-old-] {+new+} cat\\u001b sat [-here.-] {+here today.+}",
    ]


def test_a_rejected_row_says_why(pets: Pets) -> None:
    said = pets.explain("empty")
    assert (said.code, said.out) == (2, "")
    assert "empty was rejected at stage" in said.err


def test_an_unknown_page_is_one_helpful_line(pets: Pets) -> None:
    said = pets.explain("https://nowhere.example.org/")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "the lake has no document https://nowhere.example.org/: look with `decantry sql" in said.err


@pytest.mark.parametrize(
    ("path", "command"),
    [
        (
            "crawl-data/CC-MAIN-2024-22/a.warc.gz",
            "curl -s -r 10-14 https://data.commoncrawl.org/crawl-data/CC-MAIN-2024-22/a.warc.gz | gunzip",
        ),
        ("/data/a b.warc", "tail -c +11 '/data/a b.warc' | head -c 5"),
        ("https://x.example.org/a.warc.zst", "curl -s -r 10-14 https://x.example.org/a.warc.zst | zstd -d"),
        ("https://x.example.org/a.warc.zstd", "curl -s -r 10-14 https://x.example.org/a.warc.zstd | zstd -d"),
    ],
)
def test_the_range_is_a_command_to_paste(path: str, command: str) -> None:
    assert fetch_command(path, 10, 5) == command


def test_an_address_of_several_documents_shows_the_newest_and_names_the_others(
    spark: SparkSession, tmp_path: Path
) -> None:
    url, rows, lake = "https://example.org/news", tmp_path / "news.jsonl", str(tmp_path / "lake")
    told = {"monday": "2026-01-05T06:00:00Z", "friday": "2026-01-09T06:00:00Z", "sunday": "2026-01-04T06:00:00Z"}
    news = [{"id": i, "url": url, "text": f"News of {i}.", "date": date} for i, date in told.items()]
    rows.write_text("".join(json.dumps(row) + "\n" for row in news))
    ingest(Lake(spark, lake, "run-1"), [str(rows)])
    by_address = decantry("explain", url, "--recipe", "c4", "--lake", lake).out
    assert "  id         friday\n" in by_address
    assert "  others     with this address, by id: monday, sunday\n" in by_address
    by_id = decantry("explain", "monday", "--recipe", "c4", "--lake", lake).out
    assert "  id         monday\n" in by_id and "others" not in by_id
