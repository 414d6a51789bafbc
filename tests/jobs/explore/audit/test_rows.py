"""The rows of a corpus in files, read without Spark: their places, and files and rows that cannot be read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from decantry.jobs.explore.audit import benchmarks, rows
from decantry.jobs.explore.audit.benchmarks import Question, questions
from decantry.jobs.ingest.columns import parse
from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.source import Source, inspect


def read(file: Path, columns: str | None = None) -> list[dict[str, Any]]:
    sources = [inspect(Source(str(file), str(file)))]
    batches = rows.read_parts(rows.parts_of(sources), rows.options_of(parse(columns)))
    return [row for batch in batches for row in batch.to_pylist()]


def of_kind(found: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [row for row in found if row["kind"] == kind]


def test_rows_need_no_id_and_keep_their_order(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    made = [{"text": "one", "url": "https://a.example/1"}, {"text": "two", "id": 7}, {"text": ""}, {"text": "one"}]
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, made)).encode()))
    documents = of_kind(read(file), "document")
    assert [(row["text"], row["row"], row["host"]) for row in documents] == [
        ("one", 0, "a.example"),
        ("two", 1, None),
        ("", 2, None),
        ("one", 3, None),
    ]
    assert [row["name"] for row in documents[:2]] == ["https://a.example/1", "7"]
    assert [row["id"] for row in documents] == sorted({row["id"] for row in documents})


@pytest.mark.parametrize("unusable", [{"a": 1}, True, [7], float("inf")])
def test_an_unusable_id_is_none(tmp_path: Path, unusable: object) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": "one", "id": unusable}) + "\n")
    found = read(file)
    assert of_kind(found, "reject") == []
    (document,) = of_kind(found, "document")
    assert (document["text"], document["name"][:7]) == ("one", "sha256:")


def test_a_file_in_parts_has_the_same_rows_at_the_same_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("".join(json.dumps({"text": f"text number {n}"}) + "\n\n" for n in range(50)))
    whole = read(file)
    monkeypatch.setattr(rows, "PART_BYTES", 200)
    cut = read(file)
    parts = of_kind(cut, "part")
    assert len(parts) > 5
    before = rows.first_rows((row["source"], row["part"], row["row"]) for row in parts)
    places = [before[row["source"], row["part"]] + row["row"] for row in of_kind(cut, "document")]
    assert places == [row["row"] for row in of_kind(whole, "document")] == list(range(0, 100, 2))
    assert [row["text"] for row in of_kind(cut, "document")] == [row["text"] for row in of_kind(whole, "document")]


def test_columns_with_other_names_and_nulls(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    pq.write_table(pa.table({"body": ["one", None], "link": ["https://a.example/", None]}), file)
    found = read(file, "text=body,url=link")
    assert [(row["text"], row["host"]) for row in of_kind(found, "document")] == [("one", "a.example")]
    assert [(row["reason"], row["detail"]) for row in of_kind(found, "reject")] == [
        ("missing_text", "the row has no text")
    ]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.parquet", b"no parquet", "it is not a Parquet file"),
        ("a.parquet", b"PAR1 and nothing else", "it is not a readable Parquet file"),
        ("a.txt", b"words", "it is neither an archive nor rows in Parquet or JSON lines; it begins with b'words'"),
        ("a.warc", b"WARC/1.0\r\n", "it is an archive; an audit reads rows with texts, in Parquet or JSON lines"),
    ],
)
def test_a_bad_file_is_one_line(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    (failed,) = of_kind(read(file), "failed")
    assert told in failed["detail"] and "\n" not in failed["detail"]


def test_a_parquet_file_without_the_column_says_which_there_are(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    pq.write_table(pa.table({"content": ["one"]}), file)
    (failed,) = of_kind(read(file), "failed")
    assert "it has no column text; the columns are content: name them, as in --columns text=content" in failed["detail"]
    (failed,) = of_kind(read(file, "text=body"), "failed")
    assert "it has no column body; the columns are content" in failed["detail"]


def test_questions_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text('{"query": "Question: What floats?", "gold": 1}\n\n{"goal": "Sail"}\n')
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"question": {"stem": "Why tides?"}}'))
    (tmp_path / "notes.md").write_text("none")
    assert questions(str(tmp_path)) == [
        Question("a.jsonl.gz", "Why tides?"),
        Question("b.jsonl", "What floats?"),
        Question("b.jsonl", "Sail"),
    ]


def test_files_of_the_same_name_are_benchmarks_of_their_own(tmp_path: Path) -> None:
    for folder in ("arc/easy", "arc/hard", "mmlu"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "test.jsonl").write_text('{"question": "Why?"}')
    assert [each.benchmark for each in questions(str(tmp_path))] == [
        "arc/easy/test.jsonl",
        "arc/hard/test.jsonl",
        "mmlu/test.jsonl",
    ]
    assert [each.benchmark for each in questions(str(tmp_path / "arc"))] == ["easy/test.jsonl", "hard/test.jsonl"]
    assert [each.benchmark for each in questions(str(tmp_path / "mmlu" / "test.jsonl"))] == ["test.jsonl"]


def test_a_question_with_half_a_character_is_cleaned(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "Why \\ud83d tides\\u0000?"}')
    (found,) = questions(str(tmp_path))
    assert found.text == "Why \ufffd tides\ufffd?"


def test_too_many_questions_are_one_line_before_the_file_is_read_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "a ferry"}\n' * 3 + "no JSON")
    for name, told in {"MOST": "more than 2 questions", "ALL_CHARACTERS": "more than 2 characters"}.items():
        with monkeypatch.context() as patched, pytest.raises(UserError, match=f"{told}: name fewer files"):
            patched.setattr(benchmarks, name, 2)
            questions(str(tmp_path))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "has no questions"),
        ("no", "line 1 is not JSON"),
        ("[1]", "line 1 is not a JSON object with a question"),
        (
            '{"question": "a"}\n{"answer": 1, "gold": 2}',
            "line 2 has no question: its keys are answer, gold; name the question's key question, query,",
        ),
    ],
)
def test_bad_questions_are_one_line(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "q.jsonl").write_text(content)
    with pytest.raises(UserError) as caught:
        questions(str(tmp_path))
    assert told in str(caught.value) and "\n" not in str(caught.value)


def test_missing_benchmarks(tmp_path: Path) -> None:
    for given in (str(tmp_path / "none"), str(tmp_path)):
        with pytest.raises(UserError, match="--benchmarks"):
            questions(given)
