"""Wrong options and inputs of `decantry label --input`: one line, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import decantry
from tests.jobs.label.labelled_file import label, texts
from tests.jobs.label.server import Server


def test_the_labels_do_not_go_where_the_texts_are(server: Server, tmp_path: Path) -> None:
    file = texts(tmp_path, 1)
    before = file.read_bytes()
    answer = label(server, file, "--to", str(file))
    assert answer.code == 2
    assert answer.line.endswith("texts.jsonl: name another file for the labels")
    assert (file.read_bytes(), server.asked) == (before, [])


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--lake", "here"], "--lake and --input exclude each other"),
        (["--where", "true"], "--where needs --lake: leave it out"),
        (["--max-cost", "1"], "--max-cost needs the prices of a million tokens"),
        (["--max-cost", "-1", "--price", "1,1"], "--max-cost is -1.0: use a positive number"),
        (["--price", "1"], "--price is 1: use IN,OUT, the prices"),
        (["--price", "nan,1"], "--price is nan,1: use IN,OUT, the prices"),
        (["--rate", "0"], "--rate is 0.0: use a positive number"),
        (["--timeout", "inf"], "--timeout is inf: use a positive number"),
        (["--model", " "], "--model is empty or longer than 200 characters"),
        (["--rubric", "nothing"], "there is no rubric nothing"),
        (["--columns", "text=body"], "body None is not a text; name its column with --columns text=NAME"),
        (["--columns", "score=x"], "NAME is one of id, text, url, host"),
        (["--output", "xml"], "--output is xml: use text or json"),
        (["--endpoint", "here"], "--endpoint is here: use an address"),
        (["--endpoint", "http://127.0.0.1:9/v1"], "http://127.0.0.1:9/v1 does not answer"),
    ],
)
def test_bad_usage_is_told_in_one_line_before_anything_is_written(
    server: Server, tmp_path: Path, more: list[str], told: str
) -> None:
    answer = label(server, texts(tmp_path, 1), *more)
    assert answer.code == (3 if "answer" in told else 2)
    assert told in answer.line
    assert server.asked == []
    assert not (tmp_path / "l.jsonl").exists()


def test_no_source(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DECANTRY_LAKE", raising=False)
    answer = decantry("label", "--endpoint", server.address, "--model", "m")
    assert "there is nothing to label: give --lake URI or --input FILE" in answer.line


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.jsonl", "{", "line 1, is not JSON"),
        ("a.jsonl", "1\n", "line 1, is not a JSON object"),
        ("a.parquet", "PAR", "cannot be read"),
        ("a.jsonl.gz", "no gzip", "cannot be read"),
    ],
)
def test_a_bad_input(server: Server, tmp_path: Path, name: str, content: str, told: str) -> None:
    (tmp_path / name).write_text(content)
    answer = label(server, tmp_path / name)
    assert answer.code == 2
    assert told in answer.line
    assert label(server, tmp_path / "none.jsonl").line.endswith(
        "none.jsonl does not exist: give a JSONL or Parquet file"
    )
