"""Mistakes in inputs and options: one clear line, the right exit code, and nothing half-written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
from tests.jobs.cli.mistakes import ROW, Run, recipe


def test_a_missing_input(decantry: Run, tmp_path: Path) -> None:
    answer = decantry("run", "fineweb", "--input", str(tmp_path / "no.warc.gz"), "--lake", str(tmp_path / "lake"))
    assert answer.code == 2
    assert "no.warc.gz" in answer.line
    assert not (tmp_path / "lake").exists()


def test_a_folder_without_archives(decantry: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    answer = decantry("run", "fineweb", "--input", str(tmp_path / "empty"), "--lake", str(tmp_path / "lake"))
    assert answer.code == 2
    assert str(tmp_path / "empty") in answer.line


def test_a_recipe_with_an_unknown_key(decantry: Run, rows: Path, tmp_path: Path) -> None:
    mine = recipe(tmp_path, "  - gopher_quality: {min_wrods: 3}")
    answer = decantry("run", mine, "--input", str(rows), "--lake", str(tmp_path / "lake"))
    assert answer.code == 2
    assert "step 1 (gopher_quality): there is no key `min_wrods`" in answer.line
    assert not (tmp_path / "lake").exists()


def test_a_threshold_of_the_wrong_type(decantry: Run, tmp_path: Path) -> None:
    answer = decantry("recipes", recipe(tmp_path, "  - gopher_quality: {min_words: many}"))
    assert (answer.code, "`min_words` is 'many'" in answer.line) == (2, True)


def test_a_missing_model(decantry: Run, rows: Path, tmp_path: Path) -> None:
    step = f"  - classifier: {{model: {tmp_path}/no.bin, sha256: {'a' * 64}, label: __label__hq, above: 0.5}}"
    answer = decantry("run", recipe(tmp_path, step), "--input", str(rows), "--lake", str(tmp_path / "lake"))
    assert (answer.code, "no.bin: there is no such file" in answer.line) == (2, True)
    assert not (tmp_path / "lake").exists()


def test_a_model_that_is_another_than_the_recipe_names(decantry: Run, rows: Path, tmp_path: Path) -> None:
    model = tmp_path / "model.bin"
    model.write_bytes(b"not it")
    step = f"  - classifier: {{model: {model}, sha256: {'a' * 64}, label: __label__hq, above: 0.5}}"
    answer = decantry("run", recipe(tmp_path, step), "--input", str(rows), "--lake", str(tmp_path / "lake"))
    assert (answer.code, "the recipe names aaaa" in answer.line) == (2, True)


def test_a_missing_list(decantry: Run, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path / "home"))
    mine = recipe(tmp_path, "  - url_filter: {lists: [ut1-adult]}")
    answer = decantry("run", mine, "--input", str(rows), "--lake", str(tmp_path / "lake"))
    assert (answer.code, "'ut1-adult'" in answer.line, "decantry setup" in answer.line) == (2, True, True)


def test_bad_usage_is_2(decantry: Run, tmp_path: Path) -> None:
    assert decantry("run").code == 2
    assert decantry("no-such-command").code == 2
    assert "--output is xml: use one of" in decantry("sql", "select 1", "--lake", str(tmp_path), "--output", "xml").line
    assert "--format is arc" in decantry("ingest", "--input", "x", "--lake", str(tmp_path), "--format", "arc").line


def test_broken_rows_are_rejects_and_the_rest_is_used(
    spark: SparkSession, untracked: None, decantry: Run, tmp_path: Path
) -> None:
    file = tmp_path / "rows.jsonl"
    lines = [json.dumps(ROW), "{not json", json.dumps({"id": "2", "url": "https://example.org/2"})]
    file.write_text("\n".join([*lines, json.dumps(ROW | {"text": "Another text."})]) + "\n")
    lake = str(tmp_path / "lake")
    answer = decantry("ingest", "--input", str(file), "--lake", lake, "--quiet")
    assert (answer.code, "1 document, 3 rejects" in answer.out) == (0, True)
    found = decantry("sql", "select warc_offset, reason from rejects order by 1", "--lake", lake, "--output", "json")
    assert [row["warc_offset"] for row in json.loads(found.out)] == [1, 2, 3]
    assert json.loads(found.out)[2]["reason"] == "duplicate_id"


def test_nothing_usable_is_2(spark: SparkSession, untracked: None, decantry: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.warc.gz").write_bytes(b"")
    answer = decantry("run", "c4", "--input", str(tmp_path / "empty.warc.gz"), "--lake", str(tmp_path / "lake"), "-q")
    assert (answer.code, "is not usable" in answer.line) == (2, True)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("run fineweb --xyz", "No such option: --xyz (see `decantry run --help`)"),
        ("frobnicate", "No such command 'frobnicate'. (see `decantry --help`)"),
        ("run", "Missing argument 'RECIPE'. (see `decantry run --help`)"),
        ("curate fineweb --lake", "Option '--lake' requires an argument. (see `decantry --help`)"),
    ],
)
def test_bad_usage_is_one_line(decantry: Run, words: str, line: str) -> None:
    answer = decantry(*words.split())
    assert (answer.code, answer.line) == (2, line)


def test_the_version_is_printed(decantry: Run) -> None:
    answer = decantry("--version")
    assert (answer.code, answer.err) == (0, "")
    assert re.fullmatch(r"decantry \S+\n", answer.out)


def test_without_arguments_the_help_is_shown(decantry: Run) -> None:
    answer = decantry()
    assert answer.code == 0
    assert "rehydration-weights" in answer.out
