"""`decantry label --input`: a file of texts, a server, a file of labels."""

from __future__ import annotations

import json
import signal
import threading
from pathlib import Path

import pytest

from tests.command import decantry
from tests.faults.signalled import signalled
from tests.jobs.label.labelled_file import label, rows, texts, words
from tests.jobs.label.server import KEY, Server, scored
from tests.jobs.label.server import Answer as Sent


def by_number(prompt: str) -> Sent:
    return scored(int(prompt.split("Text number ")[1].split(".")[0]) % 6)


def test_a_sample_that_is_the_same_each_time_and_grows(server: Server, tmp_path: Path) -> None:
    file = texts(tmp_path)
    server.answer = by_number
    answer = label(server, file, "-n", "5", "--output", "json")
    assert answer.code == 0, answer.err
    assert sum(json.loads(answer.out)["scores"].values()) == 5
    first = rows(tmp_path / "l.jsonl")
    assert {row["id"]: row["score"] for row in first} == {
        row["id"]: int(row["id"].removeprefix("doc-")) % 6 for row in first
    }
    assert all(row["text"] == f"Text number {row['id'].removeprefix('doc-')}." for row in first)
    assert label(server, file, "-n", "5").out.splitlines()[0] == "labelled    0 texts; 5 more had a label already"
    assert label(server, file, "-n", "12", "--quiet").err == ""
    assert rows(tmp_path / "l.jsonl")[:5] == first
    assert len(server.asked) == 12
    assert len({row["id"] for row in rows(tmp_path / "l.jsonl")}) == 12


def test_training_reads_what_was_labelled(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    file = texts(tmp_path, 24)
    server.answer = by_number
    assert label(server, file).code == 0
    trained = decantry("train", "fasttext", str(tmp_path / "l.jsonl"), "--above", "3", "--to", str(tmp_path / "model"))
    assert trained.code == 0, trained.err
    assert "folds of 24 texts" in trained.out


def test_failures_are_kept_apart_and_asked_about_again_only_if_wanted(server: Server, tmp_path: Path) -> None:
    file = texts(tmp_path, 3)
    server.answer = lambda prompt: Sent(b"no") if "number 1" in prompt else scored(2)
    answer = label(server, file)
    assert "no score    1 (no_completion)" in answer.out
    assert [row["id"] for row in rows(tmp_path / "l.failures.jsonl")] == ["doc-1"]
    asked = len(server.asked)
    assert label(server, file).code == 0
    assert len(server.asked) == asked
    server.answer = lambda prompt: scored(4)
    assert label(server, file, "--again").code == 0
    assert len(server.asked) == asked + 1
    assert {row["id"]: row["score"] for row in rows(tmp_path / "l.jsonl")} == {"doc-0": 2, "doc-1": 4, "doc-2": 2}
    assert "labelled    0 texts; 3 more had a label already" in label(server, file).out


def test_a_bound_ends_it_with_code_0_and_one_line(server: Server, tmp_path: Path) -> None:
    answer = label(server, texts(tmp_path), "--max-tokens", "2800")
    assert answer.code == 0
    assert "stopped     before it passed --max-tokens 2,800; run it again to continue" in answer.out.splitlines()
    assert 0 < len(server.asked) < 12


def test_the_key_is_nowhere(server: Server, tmp_path: Path) -> None:
    server.answer = lambda prompt: Sent(json.dumps({"error": f"bad key {KEY}"}).encode(), 401)
    answer = label(server, texts(tmp_path))
    assert answer.code == 2
    assert "refuses: HTTP (401) bad key ***; 0 labels of this run are kept" in answer.line
    assert KEY not in answer.out + answer.err
    assert KEY.encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_a_line_that_was_being_written_is_asked_about_again(server: Server, tmp_path: Path) -> None:
    file = texts(tmp_path, 3)
    assert label(server, file).code == 0
    labels = tmp_path / "l.jsonl"
    whole = labels.read_bytes()
    for cut in (whole.rindex(b'{"id"') + 3, whole.rindex(b'{"id"') + 60, len(whole) - 2):
        labels.write_bytes(whole[:cut])
        asked = len(server.asked)
        assert label(server, file).code == 0
        assert len(server.asked) == asked + 1
        assert len(rows(labels)) == 3


def test_a_line_that_only_lacks_its_newline_is_kept(server: Server, tmp_path: Path) -> None:
    file = texts(tmp_path, 3)
    assert label(server, file).code == 0
    labels = tmp_path / "l.jsonl"
    whole = labels.read_bytes()
    labels.write_bytes(whole[:-1])
    assert label(server, file).code == 0
    assert (labels.read_bytes(), len(server.asked)) == (whole, 3)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("my only copy", "line 1, is not a label: name another file"),
        ("[1]\n", "line 1, is not a JSON object: name another file"),
        (
            '{"id": "a", "text": "b", "score": 3}\n',
            "has labels by another model or rubric: name another file with --to",
        ),
        ('{"id": "a", "text": "b"}', "has labels by another model or rubric: name another file with --to"),
        ('{"id": "a"}\n{"id": "b", "te', "has labels by another model or rubric: name another file with --to"),
    ],
)
def test_a_file_with_other_lines_is_not_changed(server: Server, tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "l.jsonl").write_text(content)
    answer = label(server, texts(tmp_path))
    assert answer.code == 2
    assert answer.line.endswith(told)
    assert (tmp_path / "l.jsonl").read_text() == content
    assert server.asked == []


def test_labels_of_another_model_or_rubric_are_not_mixed(server: Server, tmp_path: Path) -> None:
    file = texts(tmp_path, 2)
    assert label(server, file).code == 0
    for other in (["--model", "n"], ["--rubric", "edu-zh"]):
        assert "by another model or rubric" in label(server, file, *other).line


def test_parquet_without_ids_and_half_a_surrogate(server: Server, tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.table({"body": ["one", "two", "one"]}), tmp_path / "a.parquet")
    assert label(server, tmp_path / "a.parquet", "--columns", "text=body").code == 0
    assert sorted(row["text"] for row in rows(tmp_path / "l.jsonl")) == ["one", "two"]
    (tmp_path / "b.jsonl").write_text('{"id": "\\ud800", "text": "half \\ud83d of a \\u0000 pair"}\n')
    assert label(server, tmp_path / "b.jsonl").code == 0
    assert rows(tmp_path / "l.jsonl")[-1]["text"] == "half ? of a \0 pair"


@pytest.mark.slow
def test_a_run_that_is_killed_pays_nothing_twice(server: Server, tmp_path: Path) -> None:
    """The server delays the sixth answer, and the process is killed. The next run asks about the other seven texts."""
    held = threading.Event()

    def answer(prompt: str) -> Sent:
        if len(server.asked) == 6:
            held.set()
            return Sent(stalls=True)
        return scored(3)

    server.answer = answer
    file = texts(tmp_path)
    signalled(words(server, file), signal.SIGKILL, lambda _: held.is_set(), tmp_path)
    assert len(rows(tmp_path / "l.jsonl")) == 5
    server.answer = lambda prompt: scored(3)
    answer_ = label(server, file)
    assert answer_.code == 0, answer_.err
    assert "labelled    7 texts; 5 more had a label already" in answer_.out
    times = {prompt: server.prompts.count(prompt) for prompt in server.prompts}
    assert sorted(times.values()) == [1] * 11 + [2]
    assert times[server.prompts[5]] == 2  # the answer that never came cost nothing
    assert len({row["id"] for row in rows(tmp_path / "l.jsonl")}) == len(rows(tmp_path / "l.jsonl")) == 12
