"""The work of a task without Spark: files, their lines, and failures."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from decantry.jobs.explore.export.place import Place
from decantry.jobs.explore.export.tokenizer import tokenizer_of
from decantry.jobs.explore.export.write import Writing, writer_of
from tests.jobs.explore.export import bpe
from tests.jobs.explore.export.made import batches, numbered, rows
from tests.oracles.mmidx import documents

TEXTS = [f"The tide of day {number}." for number in range(20)]
SHARDS = [2] * 3 + [3] * 12 + [4] * 5


def lines(writing: Writing, parts: list[pa.RecordBatch]) -> list[dict[str, Any]]:
    return [row for batch in writer_of(writing)(iter(parts)) for row in batch.to_pylist()]


@pytest.mark.parametrize("size", [1, 4, 20])
def test_a_file_a_shard_however_rows_come(tmp_path: Path, size: int) -> None:
    writing = Writing(Place(str(tmp_path)), 5, "parquet", "parquet")
    found = lines(writing, list(batches(numbered(rows(TEXTS), SHARDS), size)))
    assert [(row["path"], row["rows"]) for row in found] == [
        ("data/train-00002-of-00005.parquet", 3),
        ("data/train-00003-of-00005.parquet", 12),
        ("data/train-00004-of-00005.parquet", 5),
    ]
    for row in found:
        content = (tmp_path / row["path"]).read_bytes()
        assert (row["bytes"], row["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert (row["kind"], row["tokens"], row["error"]) == ("rows", None, None)
    tables = [pq.read_table(tmp_path / row["path"]) for row in found]
    assert [text for table in tables for text in table["text"].to_pylist()] == TEXTS
    assert [row["text_bytes"] for row in found] == [sum(map(len, table["text"].to_pylist())) for table in tables]
    assert "_shard" not in tables[0].column_names
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == [
        f"train-0000{shard}-of-00005.parquet" for shard in (2, 3, 4)
    ]


def test_ids_stand_in_the_order_of_the_rows(tmp_path: Path) -> None:
    tokenizer = tokenizer_of(bpe.write(tmp_path / "tokenizer.json"), None)
    writing = Writing(Place(str(tmp_path)), 5, "jsonl.gz", "gz", tokenizer=tokenizer)
    found = lines(writing, list(batches(numbered(rows(TEXTS), SHARDS), 7)))
    assert [row["kind"] for row in found] == ["rows", "tokens", "index"] * 3
    ids = []
    for tokens, index in zip(found[1::3], found[2::3], strict=True):
        mine = documents((tmp_path / tokens["path"]).read_bytes(), (tmp_path / index["path"]).read_bytes())
        assert tokens["tokens"] == index["tokens"] == sum(map(len, mine))
        ids += mine
    assert ids == list(tokenizer.encode(TEXTS))
    assert found[1]["path"] == "tokens/train-00002-of-00005.bin"


def test_a_second_try_of_a_task_writes_the_same_file(tmp_path: Path) -> None:
    writing = Writing(Place(str(tmp_path)), 5, "parquet", "parquet")
    first, second = (lines(writing, [numbered(rows(TEXTS), SHARDS)]) for _ in range(2))
    assert first == second


def test_a_full_disk_fails_with_one_line_and_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(
        "decantry.jobs.explore.export.sink.hashlib.sha256", lambda: type("Full", (), {"update": full})()
    )
    taken: list[int] = []
    parts = (taken.append(number) or batch for number, batch in enumerate(batches(numbered(rows(TEXTS), SHARDS), 2)))  # type: ignore[func-returns-value]
    (failed,) = [
        row
        for batch in writer_of(Writing(Place(str(tmp_path)), 5, "jsonl.gz", "gz"))(parts)
        for row in batch.to_pylist()
    ]
    assert failed["error"] == f"cannot write {tmp_path}/data/train-00002-of-00005.jsonl.gz: No space left on device"
    assert taken == list(range(10))
    assert list((tmp_path / "data").iterdir()) == []


def test_a_document_that_cannot_be_tokenized_fails_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokenizer = tokenizer_of(bpe.write(tmp_path / "tokenizer.json"), None)

    class Refusing:
        def encode_batch_fast(self, texts: list[str], **_: object) -> list[object]:
            raise Exception("WordLevel error: Missing [UNK] token")

    monkeypatch.setattr("decantry.jobs.explore.export.tokenizer._model", lambda _: Refusing())
    (tmp_path / "out").mkdir()
    writing = Writing(Place(str(tmp_path / "out")), 5, "parquet", "parquet", tokenizer=tokenizer)
    (failed,) = lines(writing, [numbered(rows(TEXTS), [0] * 20)])
    assert failed["error"].startswith("the tokenizer tokenizer.json fails on a document of the corpus: WordLevel error")
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []


def test_a_folder_that_only_the_driver_sees_is_an_error(tmp_path: Path) -> None:
    (failed,) = lines(
        Writing(Place(str(tmp_path / "elsewhere")), 5, "parquet", "parquet"), [numbered(rows(["a"]), [0])]
    )
    assert (
        failed["error"].startswith(f"cannot write {tmp_path}/elsewhere/data/") and not (tmp_path / "elsewhere").exists()
    )
