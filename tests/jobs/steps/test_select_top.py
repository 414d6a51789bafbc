"""The documents with the highest scores: by documents, characters and tokens, in groups, and without a score."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest

from decantry.jobs.curate.judge import fresh
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import parse
from decantry.jobs.steps.select_top import SelectTop
from decantry.schemas import documents

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SCORE = "  - classifier: {model: m.bin, sha256: '" + "0" * 64 + "', label: hq, column: hq}\n"
ROWS: list[tuple[str, str, str, str, float | None]] = [
    ("a", "c1", "en", "four" * 1, 0.9),
    ("b", "c1", "en", "four" * 2, 0.9),
    ("c", "c1", "de", "four" * 3, 0.5),
    ("d", "c1", "de", "", 0.7),
    ("e", "c1", "en", "four", None),
    ("f", "c2", "en", "four", math.nan),
    ("g", "c2", "en", "four" * 5, -0.0),
    ("h", "c2", "en", "four" * 5, 0.0),
]
"""Id, crawl, language, text and score."""


@pytest.fixture(scope="module")
def scored(spark: SparkSession) -> DataFrame:
    columns = dict.fromkeys(documents.TABLE.column_names) | {"extractor": "given", "run_id": "run", "warc_path": "a"}
    names = ("id", "crawl", "language", "text", "language_score")
    rows = [tuple((columns | dict(zip(names, row, strict=True))).values()) for row in ROWS]
    frame = fresh(few_rows(spark, documents.TABLE, rows)).withColumnRenamed("language_score", "hq")
    return frame.localCheckpoint()


def fates(frame: DataFrame, **options: Any) -> dict[str, tuple[str | None, dict[str, float]]]:
    step = SelectTop(by="hq", **options)
    staged = frame.withColumns(step.compares(frame, ()))
    found = step.find(staged, lambda name, made: made.localCheckpoint(), lambda wanted: wanted)
    return {row["id"]: (row["removed_by"], row["values"]) for row in step.apply(staged, found).collect()}


def kept(frame: DataFrame, **options: Any) -> str:
    return "".join(sorted(i for i, (removed_by, _) in fates(frame, **options).items() if removed_by is None))


def test_the_highest_are_kept_and_the_others_have_a_reason(scored: DataFrame) -> None:
    found = fates(scored, share=0.5, scope="all")
    assert found["a"] == found["b"] == found["d"] == (None, {})
    assert found["c"] == ("select_top.below_share", {"hq": 0.5, "share_before": 0.5})
    assert found["h"] == ("select_top.below_share", {"hq": 0.0, "share_before": pytest.approx(5 / 6)})
    assert found["e"] == found["f"] == ("select_top.no_value", {})


def test_shares_are_of_a_crawl_a_language_or_characters(scored: DataFrame) -> None:
    assert kept(scored, share=0.2, scope="all", within="language") == "ad"  # one of four, ties by id; one of two
    assert kept(scored, share=0.51, of="characters", within="language") == "abcdgh"  # what crosses the share is kept


@pytest.mark.slow  # more of the same
def test_the_share_is_taken_within_each_group(scored: DataFrame) -> None:
    assert kept(scored, share=0.2) == "ag"
    assert kept(scored, share=0.5, of="characters") == "abg"  # 12 of 24 characters, and 20 of 40
    assert kept(scored, share=0.51, of="characters") == "abcdgh"


def test_the_approximate_top_keeps_ties(scored: DataFrame) -> None:
    found = fates(scored, share=0.2, scope="all", exact=False)
    assert [i for i, (removed_by, _) in sorted(found.items()) if removed_by is None] == ["a", "b"]
    assert found["c"] == ("select_top.below_share", {"hq": 0.5})
    assert found["e"] == ("select_top.no_value", {})


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("  - select_top: {by: hq}\n", "select_top reads the column `hq`, which no earlier step adds: they add none"),
        (SCORE + "  - select_top: {by: hp}\n", "reads the column `hp`, which no earlier step adds: they add hq"),
        (SCORE + "  - select_top: {by: hq, of: tokens}\n", "reads the column `token_count`, which no earlier step"),
        ("  - near_duplicates: {}\n  - select_top: {by: minhash_cluster_size}\n", "which no earlier step adds"),
        (SCORE + "  - select_top: {by: hq, share: 1}\n", "`share` is 1: Input should be less than 1"),
        (SCORE + "  - select_top: {by: hq, of: words}\n", "'documents', 'characters' or 'tokens'"),
        (SCORE + "  - select_top: {by: hq, exact: false, of: characters}\n", "`exact: false` can only count documents"),
        (
            SCORE + "  - select_top: {by: hq, within: text}\n",
            "`within` is 'text': Input should be 'language'",
        ),
        ("  - ensemble_buckets: {columns: [hq]}\n", "ensemble_buckets reads the column `hq`, which no earlier step"),
        (SCORE + "  - ensemble_buckets: {columns: [hq, hq]}\n", "hq is named twice"),
        (SCORE + "  - ensemble_buckets: {columns: []}\n", "`columns` is []: Tuple should have at least 1 item"),
        (SCORE + "  - ensemble_buckets: {scores: [hq]}\n", "there is no key `scores`; "),
        (SCORE + "  - ensemble_buckets: {columns: [hq], buckets: 30}\n", "`buckets` is 30: Input should be a multiple"),
    ],
)
def test_a_missing_column_is_reported_before_spark_starts(steps: str, expected: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(f"recipe: some\nsteps:\n{steps}", "some.yaml")
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_top_may_be_selected_by_tokens_or_buckets() -> None:
    tokens = "  - count_tokens: {}\n  - select_top: {by: token_count, of: tokens}\n"
    assert parse(f"recipe: some\nsteps:\n{tokens}", "some.yaml").steps[-1].needs == ("token_count", "token_count")
    buckets = "  - ensemble_buckets: {columns: [hq]}\n  - select_top: {by: quality_bucket, scope: all}\n"
    recipe = parse(f"recipe: some\nsteps:\n{SCORE}{buckets}", "some.yaml")
    assert recipe.steps[-1].compares_crawls
    assert not recipe.steps[-1].is_incremental
