"""Ids that are unique only within a file: every page becomes one document, whatever its id in its shard."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions, IngestReport
from decantry.jobs.ingest.same_ids import COUNTER_ID
from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import UserError
from decantry.jobs.upkeep.forget import forget

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def shard(path: Path, ids: list[Any], name: str) -> Path:
    rows = [{"id": id_, "url": f"https://{name}.example.org/{n}", "text": f"{name} {n}"} for n, id_ in enumerate(ids)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def read(spark: SparkSession, folder: Path, *inputs: Path, **options: Any) -> IngestReport:
    lake = Lake(spark, str(folder / "lake"), f"run-{len(inputs)}")
    return ingest(lake, [str(each) for each in inputs], IngestOptions(**options))


def found(spark: SparkSession, folder: Path, table: str, *columns: str) -> list[tuple[Any, ...]]:
    lake = Lake(spark, str(folder / "lake"), "look")
    return sorted((tuple(row) for row in lake.read(table).select(*columns).collect()), key=repr)


def other(id_: str, name: str, n: int) -> str:
    """The new id of a document if another has this id: with the sha256 of address and text, one on each line."""
    return f"{id_}:{hashlib.sha256(f'https://{name}.example.org/{n}{chr(10)}{name} {n}'.encode()).hexdigest()[:16]}"


@pytest.mark.parametrize("id_", ["0", "-1", "doc-17", "doc:17", "row 17", "#17", "train/17", "train.17", "x_000017"])
def test_ids_that_are_counters(id_: str) -> None:
    assert re.match(COUNTER_ID, id_)


@pytest.mark.parametrize("id_", ["http://a.org/17", "a.example/17", "1-17", "0a17", "a.b.17", "<urn:uuid:0>", "9" * 16])
def test_ids_that_name_the_same_document_in_every_file(id_: str) -> None:
    assert not re.match(COUNTER_ID, id_)


def test_shards_that_all_count_from_0(spark: SparkSession, tmp_path: Path) -> None:
    a, b = shard(tmp_path / "a.jsonl", ["0", "1", "1"], "a"), shard(tmp_path / "b.jsonl", [0, 1, 2, 0], "b")
    one = read(spark, tmp_path, a, b)
    assert (one.documents, one.rejects, one.noted) == (5, 2, {"id of another file": 2})
    ids = [("0", "a 0"), ("1", "a 1"), (other("0", "b", 0), "b 0"), (other("1", "b", 1), "b 1"), ("2", "b 2")]
    assert found(spark, tmp_path, "silver/documents", "id", "text") == sorted(ids, key=repr)
    assert found(spark, tmp_path, "silver/rejects", "reason", "warc_offset") == [
        ("duplicate_id", 2),
        ("duplicate_id", 3),
    ]
    assert read(spark, tmp_path, a, b).already_done == 2

    # a shard that comes later, one that comes again under another name, and one whose ids are no counters
    c, again = shard(tmp_path / "c.jsonl", ["0"], "c"), shard(tmp_path / "b2.jsonl", [0, 1, 2, 0], "b")
    names = shard(tmp_path / "d.jsonl", ["<urn:uuid:0>", "x"], "d"), shard(tmp_path / "e.jsonl", ["<urn:uuid:0>"], "e")
    assert read(spark, tmp_path, c).noted == {"id of another file": 1}
    repeated = read(spark, tmp_path, again)
    assert (repeated.documents, repeated.rejects) == (0, 4)
    others = read(spark, tmp_path, *names)
    assert (others.documents, others.rejects) == (2, 1)
    every = [id_ for (id_,) in found(spark, tmp_path, "silver/documents", "id")]
    assert len(every) == len(set(every)) == 8
    assert other("0", "c", 0) in every

    # read again in another way: the same ids
    read(spark, tmp_path, a, b, c, crawl="OTHER")
    assert [id_ for (id_,) in found(spark, tmp_path, "silver/documents", "id")] == every
    noted = dict(found(spark, tmp_path, "ops/inputs", "path", "noted"))
    assert noted[str(b)] == {"id of another file": 2}


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
    assert found(spark, tmp_path, "silver/documents", "id", "text") == sorted(left, key=repr)
    assert ("forgotten",) in found(spark, tmp_path, "silver/rejects", "reason")


def test_a_file_whose_rows_are_all_rejected_is_not_done(spark: SparkSession, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"doc_id": "r0", "raw_content": "A text."}\n')
    for _ in range(2):
        with pytest.raises(
            UserError, match=r"not usable: .*columns are doc_id, raw_content: .*text=raw_content,id=doc_id"
        ):
            read(spark, tmp_path, rows)
    assert found(spark, tmp_path, "ops/inputs", "status", "rejects") == [("empty", 1)]
    assert found(spark, tmp_path, "silver/rejects", "reason") == [("missing_text",)]
    mapped = read(spark, tmp_path, rows, columns="text=raw_content,id=doc_id")
    assert (mapped.documents, mapped.rejects) == (1, 0)
    assert found(spark, tmp_path, "silver/documents", "id", "text") == [("r0", "A text.")]
    assert found(spark, tmp_path, "silver/rejects", "reason") == []
