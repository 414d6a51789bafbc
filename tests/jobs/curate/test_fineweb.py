"""The whole fineweb recipe on a handful of texts: order, edits, duplicates, redaction, and how often functions run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyspark.sql import functions as F

from decantry.jobs.curate.job import curate
from decantry.jobs.ingest.job import ingest
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.published import published_corpus, published_verdicts
from decantry.jobs.recipe.load import load
from tests.generated import generated_code

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PROSE = [
    "The harbour wakes before the town does, and the first boats leave while the lamps are still lit.",
    "By seven the fish market is open, and the people who work there have already been up for hours.",
    "A woman with a blue scarf sells mussels to the cooks of the hotels and asks after their children.",
    "Her brother mends nets on the quay and tells anyone who stops that the weather will turn by noon.",
    "It seldom does, but nobody minds, because he has told them so for thirty years with great care.",
    "In the afternoon the gulls take over, and the only sound is that of ropes against the masts.",
]
OTHER = [
    "The observatory stands on a hill that was once a vineyard, and the rows of old stakes are still there.",
    "Its telescope was built by a clockmaker who had never seen one and worked from a letter of his cousin.",
    "Visitors may look through it on clear nights, and they are asked to bring a coat and to be patient.",
    "What they remember afterwards is not Saturn but the silence, which is deeper than they had expected.",
    "The keeper has written down every night for forty years, and his books fill a whole wall of the hall.",
    "He says that the sky has changed less than the town below it, and that both of them are worth a look.",
]

SHORT = "This page has one sentence, and that is about forty words too few for the rule that asks for fifty of them."
ADDRESS = "Write to keeper@observatory.org for the hours of opening."
GERMAN = "Der Hafen erwacht vor der Stadt, und die ersten Boote fahren hinaus. "


def page(number: int, url: str, text: str) -> dict[str, str]:
    return {"id": f"<urn:uuid:{number:04d}>", "url": url, "text": text, "date": "2026-11-01T00:00:00Z", "dump": "TEST"}


PAGES = [
    page(9, "https://a.example.org/harbour", "\n".join(PROSE)),
    page(1, "https://b.example.org/copy", "\n".join(PROSE)),
    page(2, "https://c.example.org/sky", "\n".join([*OTHER, ADDRESS])),
    page(3, "https://d.example.org/short", SHORT),
    page(4, "https://e.example.org/loop", "\n".join(["The same line again and again, it never ends."] * 12)),
    page(5, "https://f.example.org/deutsch", GERMAN * 4),
    page(6, "https://g.example.org/empty", ""),
    page(7, "https://h.example.org/filler", "\n".join([*OTHER[::-1], "Lorem ipsum dolor sit amet, as they say."])),
]
EXPECTED = {
    9: None,
    1: "near_duplicates.duplicate",
    2: None,
    3: "gopher_quality.short_doc",
    4: "gopher_repetition.dup_line_frac",
    5: "language.other",
    6: "language",
    7: "c4.lorem_ipsum",
}
REACHED = {"url_match": 8, "gopher_repetition": 6, "gopher_quality": 5, "c4_lines": 4, "fineweb_quality": 3}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pages") / "pages.jsonl"
    made.write_text("".join(json.dumps(each) + "\n" for each in PAGES))
    return made


@pytest.fixture(scope="module")
def lake(spark: SparkSession, file: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    made = Lake(spark, str(tmp_path_factory.mktemp("lake")), "run-1")
    ingest(made, [str(file)])
    return made


@pytest.fixture(scope="module")
def calls(spark: SparkSession, lake: Lake) -> dict[str, int]:
    """How often each native function ran over one whole curate."""
    counter = spark._jvm.org.decantry.Calls  # type: ignore[union-attr]
    counter.reset()
    with generated_code(spark):
        curate(lake, load("fineweb"))
    names = [*REACHED, "minhash", "gpt2_tokens", "redact_pii"]
    return {name: int(counter.count(name)) for name in names}


def rows(frame: DataFrame | None) -> dict[int, Any]:
    assert frame is not None
    return {int(row["id"][10:-1]): row for row in frame.collect()}


def test_each_native_function_runs_once_for_a_document_that_reaches_it(calls: dict[str, int]) -> None:
    assert calls == REACHED | {"minhash": 3, "gpt2_tokens": 2, "redact_pii": 2}


def test_each_page_has_the_expected_verdict(calls: dict[str, int], lake: Lake) -> None:
    verdicts = rows(published_verdicts(lake))
    found = {number: row["removed_by"] for number, row in verdicts.items()}
    assert found[6].startswith("language.")
    assert found | {6: "language"} == EXPECTED
    assert verdicts[4]["values"]["dup_line_frac"] == pytest.approx(11 / 12)
    assert verdicts[3]["values"] == {"words": 22.0}


def test_the_first_in_the_file_survives_and_the_smallest_id_names_the_cluster(
    calls: dict[str, int], lake: Lake
) -> None:
    verdicts = rows(published_verdicts(lake))
    assert {(verdicts[n]["cluster_id"], verdicts[n]["cluster_size"]) for n in (1, 9)} == {("<urn:uuid:0001>", 2)}
    assert (verdicts[2]["cluster_id"], verdicts[2]["cluster_size"]) == (None, 1)
    assert verdicts[3]["cluster_size"] is None


def test_the_corpus_has_fineweb_columns_counted_before_redaction(calls: dict[str, int], lake: Lake) -> None:
    corpus = published_corpus(lake, "fineweb")
    assert corpus is not None
    assert corpus.columns[:9] == [
        *("text", "id", "dump", "url", "date", "file_path", "language", "language_score", "token_count")
    ]
    kept = rows(corpus)
    assert sorted(kept) == [2, 9]
    assert kept[9]["text"] == "\n".join(PROSE)
    assert "keeper@observatory.org" not in kept[2]["text"]
    assert "@example." in kept[2]["text"]
    assert (kept[9]["dump"], kept[9]["date"], kept[9]["minhash_cluster_size"]) == ("TEST", "2026-11-01T00:00:00Z", 2)
    before = F.regexp_replace("text", r"Write to \S+@\S+ for", "Write to keeper@observatory.org for")
    tokens = {
        name: F.call_function("gpt2_tokens", text) for name, text in {"now": F.col("text"), "was": before}.items()
    }
    counted = rows(corpus.withColumns(tokens))
    assert [counted[n]["token_count"] == counted[n]["was"] for n in (2, 9)] == [True, True]
    assert [counted[n]["token_count"] == counted[n]["now"] for n in (2, 9)] == [False, True]


@pytest.mark.slow  # the fast suite has tests/jobs/lake/test_catalog.py: one partition beside the demo's four
def test_the_outcome_is_the_same_whatever_the_partitions(
    spark: SparkSession, calls: dict[str, int], lake: Lake, tmp_path: Path
) -> None:
    def content(of: Lake) -> tuple[list[Any], list[Any]]:
        corpus = published_corpus(of, "fineweb")
        assert corpus is not None
        fates = published_verdicts(of).drop("run_id")
        return sorted(map(str, corpus.collect())), sorted(map(str, fates.collect()))

    expected = content(lake)
    before = spark.conf.get("spark.sql.shuffle.partitions")
    spark.conf.set("spark.sql.shuffle.partitions", "5")
    try:
        other = Lake(spark, str(tmp_path), "run-2")
        other.append("silver/documents", lake.read("silver/documents").repartition(5, F.xxhash64("id")))
        curate(other, load("fineweb"))
        assert content(other) == expected
    finally:
        spark.conf.set("spark.sql.shuffle.partitions", before or "1")
