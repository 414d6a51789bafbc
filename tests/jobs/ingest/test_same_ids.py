"""Ids that are unique only within a file: every page becomes one document, whatever its id in its shard."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from decantry.jobs.ingest import same_ids
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions, IngestReport
from decantry.jobs.ingest.same_ids import COUNTER_ID, MOST_BROADCAST, new_ids, with_ids_of
from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import UserError
from decantry.jobs.upkeep.forget import forget
from tests.jobs.ingest.ingested import rows

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def shard(path: Path, ids: list[Any], name: str) -> Path:
    made = [{"id": id_, "url": f"https://{name}.example.org/{n}", "text": f"{name} {n}"} for n, id_ in enumerate(ids)]
    path.write_text("".join(json.dumps(row) + "\n" for row in made))
    return path


def read(spark: SparkSession, folder: Path, *inputs: Path, **options: Any) -> IngestReport:
    lake = Lake(spark, str(folder / "lake"), f"run-{len(inputs)}")
    return ingest(lake, [str(each) for each in inputs], IngestOptions(**options))


def found(folder: Path, table: str, *columns: str) -> list[tuple[Any, ...]]:
    return rows(folder / "lake", table, columns)


def other(id_: str, name: str, n: int) -> str:
    """The new id of a document if another has this id: with the sha256 of address and text, one on each line."""
    return f"{id_}:{hashlib.sha256(f'https://{name}.example.org/{n}{chr(10)}{name} {n}'.encode()).hexdigest()[:16]}"


@pytest.mark.parametrize(
    "id_",
    [
        *("0", "-1", "doc-17", "doc:17", "row 17", "#17", "train/17", "train.17", "x_000017"),
        *("x/17", "en:17", "doc:12345678", "doc: 17", "Train/000000017", "en_train/12345678"),
    ],
)
def test_ids_that_are_counters(id_: str) -> None:
    assert re.match(COUNTER_ID, id_)


@pytest.mark.parametrize(
    "id_",
    [
        *("http://a.org/17", "a.example/17", "1-17", "0a17", "a.b.17", "<urn:uuid:0>", "9" * 16),
        *("pmid:12345678", "isbn:9780306406157", "tweet:123456789012345", "pubmed/123456", "constrain/123456"),
    ],
)
def test_ids_that_name_the_same_document_in_every_file(id_: str) -> None:
    assert not re.match(COUNTER_ID, id_)


def test_shards_that_all_count_from_0(spark: SparkSession, tmp_path: Path) -> None:
    a, b = shard(tmp_path / "a.jsonl", ["0", "1", "1"], "a"), shard(tmp_path / "b.jsonl", [0, 1, 2, 0], "b")
    one = read(spark, tmp_path, a, b)
    assert (one.documents, one.rejects, one.noted) == (5, 2, {"id of another file": 2})
    ids = [("0", "a 0"), ("1", "a 1"), (other("0", "b", 0), "b 0"), (other("1", "b", 1), "b 1"), ("2", "b 2")]
    assert found(tmp_path, "silver/documents", "id", "text") == sorted(ids, key=repr)
    assert found(tmp_path, "silver/rejects", "reason", "warc_offset") == [
        ("duplicate_id", 2),
        ("duplicate_id", 3),
    ]

    # a shard that comes later, one that comes again under another name, and two whose ids are no counters
    c, again = shard(tmp_path / "c.jsonl", ["0"], "c"), shard(tmp_path / "b2.jsonl", [0, 1, 2, 0], "b")
    names = shard(tmp_path / "d.jsonl", ["<urn:uuid:0>", "x"], "d"), shard(tmp_path / "e.jsonl", ["<urn:uuid:0>"], "e")
    assert read(spark, tmp_path, a, b, c, again, *names).already_done == 2
    inputs = found(tmp_path, "ops/inputs", "path", "documents", "rejects")
    counted = {Path(path).name: (documents, rejects) for path, documents, rejects in inputs}
    assert [counted[name] for name in ("c.jsonl", "b2.jsonl", "d.jsonl", "e.jsonl")] == [(1, 0), (0, 4), (2, 0), (0, 1)]
    every = [id_ for (id_,) in found(tmp_path, "silver/documents", "id")]
    assert len(every) == len(set(every)) == 8
    assert other("0", "c", 0) in every

    # read again in another way: the same ids
    read(spark, tmp_path, a, b, c, crawl="OTHER")
    assert [id_ for (id_,) in found(tmp_path, "silver/documents", "id")] == every
    noted = dict(found(tmp_path, "ops/inputs", "path", "noted"))
    assert [dict(noted[str(file)]) for file in (b, c)] == [{"id of another file": 2}, {"id of another file": 1}]


@pytest.mark.slow  # several ingests and a forget
def test_a_forgotten_page_with_a_counter_id_stays_forgotten_and_no_other_does(
    spark: SparkSession, tmp_path: Path
) -> None:
    a, b = shard(tmp_path / "a.jsonl", ["0", "1"], "a"), shard(tmp_path / "b.jsonl", ["0", "1", "5"], "b")
    assert read(spark, tmp_path, a, b).documents == 5
    forget(Lake(spark, str(tmp_path / "lake"), "forget"), [("id", other("0", "b", 0)), ("id", "1")])
    a.write_text('{"id": "9", "text": "a changed"}\n')  # so that nobody else has the id 0
    again = read(spark, tmp_path, a, b, crawl="OTHER")
    assert (again.documents, again.noted) == (3, {"id of another file": 1})
    left = [("5", "b 2"), ("9", "a changed"), (other("1", "b", 1), "b 1")]
    assert found(tmp_path, "silver/documents", "id", "text") == sorted(left, key=repr)
    assert ("forgotten",) in found(tmp_path, "silver/rejects", "reason")


def test_of_the_lake_only_documents_with_an_id_of_the_batch_are_shuffled(spark: SparkSession) -> None:
    lake = spark.range(5_000).selectExpr("concat('id-', id) AS id", "'a.jsonl' AS warc_path", "id AS warc_offset")
    here = spark.createDataFrame([("id-7",), ("id-7",), ("other",)], "id string")
    spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
    try:
        for count, shuffles in ((3, False), (MOST_BROADCAST + 1, True)):
            before = shuffled_rows(spark)
            assert [tuple(row) for row in with_ids_of(lake, here, count).collect()] == [("id-7", "a.jsonl", 7)]
            assert (shuffled_rows(spark) - before > 1_000) == shuffles
    finally:
        spark.conf.unset("spark.sql.autoBroadcastJoinThreshold")


def test_many_documents_with_ids_of_the_lake_are_not_sent_to_every_task(
    spark: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = ("'a.jsonl' AS warc_path", "id AS warc_offset", "'http://a/' AS url", "concat('old ', id) AS text")
    lake = spark.range(5_000).selectExpr("string(id) AS id", *columns, "'given' AS extractor")
    new = spark.createDataFrame([("7", "b.jsonl", 0, "http://b/", "new", "given")], lake.schema)
    first = "first struct<warc_path:string,warc_offset:bigint>"
    duplicates = spark.createDataFrame(
        [("7", "b.jsonl", 0, ("a.jsonl", 7))], f"id string, warc_path string, warc_offset bigint, {first}"
    )
    spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
    try:
        for most, shuffles in ((1, False), (0, True)):
            monkeypatch.setattr(same_ids, "MOST_BROADCAST", most)
            before = shuffled_rows(spark)
            (found,) = new_ids(new, duplicates, lake).collect()
            assert (found["warc_path"], found["new_id"][:2]) == ("b.jsonl", "7:")
            assert (shuffled_rows(spark) - before > 1_000) == shuffles
    finally:
        spark.conf.unset("spark.sql.autoBroadcastJoinThreshold")


def shuffled_rows(spark: SparkSession) -> int:
    """The rows that all stages of the session have written to shuffles."""
    store = spark.sparkContext._jsc.sc().statusStore()  # type: ignore[union-attr]
    stages = store.stageList(None, False, False, getattr(store, "stageList$default$4")(), None)
    return sum(stages.apply(number).shuffleWriteRecords() for number in range(stages.size()))


def test_a_file_whose_rows_are_all_rejected_is_not_done(spark: SparkSession, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"doc_id": "r0", "raw_content": "A text."}\n')
    for _ in range(2):
        with pytest.raises(
            UserError, match=r"not usable: .*columns are doc_id, raw_content: .*text=raw_content,id=doc_id"
        ):
            read(spark, tmp_path, file)
    assert found(tmp_path, "ops/inputs", "status", "rejects") == [("empty", 1)]
    assert found(tmp_path, "silver/rejects", "reason") == [("missing_text",)]
    mapped = read(spark, tmp_path, file, columns="text=raw_content,id=doc_id")
    assert (mapped.documents, mapped.rejects) == (1, 0)
    assert found(tmp_path, "silver/documents", "id", "text") == [("r0", "A text.")]
    assert found(tmp_path, "silver/rejects", "reason") == []


def test_a_file_of_nothing_but_repeated_rows_is_empty(spark: SparkSession, tmp_path: Path) -> None:
    first, again = (shard(tmp_path / name, ["x1", "x2"], "a") for name in ("a.jsonl", "b.jsonl"))
    report = read(spark, tmp_path, first, again)
    assert (report.documents, report.rejects, report.usable, report.empty) == (2, 2, 1, 1)
    assert report.errors == [
        f"{again}: none of its 2 rows became a document (2 duplicate_id), because others have their ids; if they are "
        "other pages, use --columns id="
    ]
    mixed = tmp_path / "c.jsonl"
    mixed.write_text(again.read_text() + '{"id": "x3"}\n')
    with pytest.raises(UserError, match=r"none of its 3 rows became a document \(2 duplicate_id, 1 missing_text\)$"):
        read(spark, tmp_path, mixed)
    with pytest.raises(UserError, match=r"the one input is not usable: .*b\.jsonl: none of its 2 rows"):
        read(spark, tmp_path, again)
    assert found(tmp_path, "ops/inputs", "status", "documents", "rejects") == [
        ("done", 2, 0),
        ("empty", 0, 2),
        ("empty", 0, 3),
    ]
