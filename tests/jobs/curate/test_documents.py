"""Which text a recipe reads if a page has texts of several extractors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.curate.documents import readable
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.recipe.load import load
from decantry.schemas import inputs
from tests.jobs.curate.corpora import lake_with

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

OLD, NEW, OTHER = "resiliparse-0.9.1", "resiliparse-0.14.5", "trafilatura-2.0"


def test_each_page_has_its_newest_text(spark: SparkSession, tmp_path: Path) -> None:
    one = [("a", "c1", "old"), ("b", "c1", "old"), ("c", "c2", "old")]
    lake_with(spark, tmp_path, "run-1", one, extractor={"a": OLD, "b": OLD, "c": OLD})
    two = [("a", "c1", "new"), ("b", "c1", "as given"), ("d", "c2", "as given")]
    lake_with(spark, tmp_path, "run-2", two, extractor={"a": NEW})
    three = [("a", "c1", "other"), ("d", "c2", "plain"), ("e", "c2", "plain"), ("f", "c2", "other")]
    lake = lake_with(spark, tmp_path, "run-3", three, extractor={"a": OTHER, "d": "wet", "e": "wet", "f": OTHER})
    documents, crawls = readable(lake, load("fineweb"), None)
    assert {(row["id"], row["text"]) for row in documents.collect()} == {
        ("a", "new"),
        ("b", "old"),
        ("c", "old"),
        ("d", "plain"),
        ("e", "plain"),
    }
    assert documents.count() == 5
    assert [(crawl.crawl, crawl.count) for crawl in crawls] == [("c1", 2), ("c2", 3)]


def test_texts_stay_published_if_most_of_their_crawl_is_read_again(spark: SparkSession, tmp_path: Path) -> None:
    one = [(name, "c1", "old") for name in "abcde"]
    lake_with(spark, tmp_path, "run-1", one, extractor=dict.fromkeys("abcde", OLD))
    lake = lake_with(
        spark, tmp_path, "run-2", [(name, "c1", "new") for name in "abcd"], extractor=dict.fromkeys("abcd", NEW)
    )
    documents, crawls = readable(lake, load("fineweb"), None)
    texts = sorted((row["id"], row["text"]) for row in documents.collect())
    assert texts == [("a", "new"), ("b", "new"), ("c", "new"), ("d", "new"), ("e", "old")]
    assert [(crawl.crawl, crawl.count) for crawl in crawls] == [("c1", 5)]


def test_documents_of_interrupted_ingests_are_left_out_and_reported(spark: SparkSession, tmp_path: Path) -> None:
    made = [("a", "c1", "read"), ("b", "c1", "lost"), ("c", "c2", "lost")]
    lost = {"b": "lost.jsonl", "c": "lost.jsonl"}
    lake = lake_with(spark, tmp_path, "run-1", made, warc_path=lost)
    line = dict.fromkeys(inputs.TABLE.column_names) | {
        "crawl": "c1",
        "path": "a.jsonl",
        "ingest_hash": "",
        "status": "done",
    }
    lake.append("ops/inputs", few_rows(spark, inputs.TABLE, [tuple(line.values())]))
    lines: list[str] = []
    documents, crawls = readable(lake, load("fineweb"), None, lines.append)
    assert [row["id"] for row in documents.collect()] == ["a"]
    assert [(crawl.crawl, crawl.count) for crawl in crawls] == [("c1", 1)]
    assert lines == ["leaving out documents of 1 file whose ingest was interrupted: run `decantry ingest` again"]
