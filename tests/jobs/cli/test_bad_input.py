"""Every mistake a person can make: one clear line, the right exit code, nothing half-written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.ingest.job import ingest
from decantry.jobs.lake.lake import Lake
from tests.command import Answer, runner

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Run = Callable[..., Answer]
ROW = {"id": "1", "url": "https://example.org/", "text": "A text."}


@pytest.fixture
def decantry(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(monkeypatch, capsys)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(ROW) + "\n")
    return file


@pytest.fixture(scope="module")
def lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A lake of two documents, one of them without an address; nothing is published in it."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "rows.jsonl").write_text(
        json.dumps(ROW) + "\n" + json.dumps({"id": "nourl", "text": "A text with no address."}) + "\n"
    )
    ingest(Lake(spark, str(folder / "lake"), "run-1"), [str(folder / "rows.jsonl")])
    return str(folder / "lake")


@pytest.fixture
def untracked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No MLflow, which is not what is tested here."""
    monkeypatch.setattr("decantry.jobs.cli.context.place", lambda lake: None)


def recipe(folder: Path, steps: str) -> str:
    file = folder / "mine.yaml"
    file.write_text(f"recipe: mine\nsteps:\n{steps}\n")
    return str(file)


def test_an_input_that_is_not_there(decantry: Run, tmp_path: Path) -> None:
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


def test_a_lake_that_is_a_file(decantry: Run, rows: Path, tmp_path: Path) -> None:
    (tmp_path / "lake").write_text("not a lake")
    for command in (("run", "c4", "--input", str(rows)), ("sql", "select 1"), ("curate", "c4")):
        answer = decantry(*command, "--lake", str(tmp_path / "lake"))
        assert (answer.code, "is a file: name a folder" in answer.line) == (2, True)


def test_a_lake_that_is_not_there_is_not_made_by_asking(decantry: Run, tmp_path: Path) -> None:
    answer = decantry("sql", "select 1", "--lake", str(tmp_path / "lake"))
    assert (answer.code, "there is no lake at" in answer.line) == (2, True)
    assert not (tmp_path / "lake").exists()


def test_a_read_only_lake(decantry: Run, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "decantry.jobs.lake.usable.os.access", lambda *_: False
    )  # root may write anywhere, tests may be root
    answer = decantry("run", "c4", "--input", str(rows), "--lake", str(tmp_path / "lake"))
    assert (answer.code, "is not writable" in answer.line) == (2, True)


def test_java_is_missing(decantry: Run, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    answer = decantry("run", "c4", "--input", str(rows), "--lake", str(tmp_path / "lake"))
    assert (answer.code, answer.line.startswith("Java is missing")) == (3, True)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("selec 1", "only queries are run here"),
        ("drop table documents", "only queries are run here"),
        ("with x as (select 1) insert into documents select * from x", "only queries are run here"),
        ("select * from parquet.`/etc`", "own tables are read here, not "),
        ("select * from delta /* */ . `/tmp/x`", "own tables are read here, not "),
        ("select reflect('java.lang.System', 'exit', 1)", "the function reflect reaches outside"),
        ("", "the query is empty"),
    ],
)
def test_sql_that_is_no_query_is_refused_before_spark(decantry: Run, tmp_path: Path, query: str, told: str) -> None:
    answer = decantry("sql", query, "--lake", str(tmp_path))
    assert (answer.code, told in answer.line) == (2, True)


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
    assert (answer.code, "1 documents, 3 rejects" in answer.out) == (0, True)
    found = decantry("sql", "select warc_offset, reason from rejects order by 1", "--lake", lake, "--output", "json")
    assert [row["warc_offset"] for row in json.loads(found.out)] == [1, 2, 3]
    assert json.loads(found.out)[2]["reason"] == "duplicate_id"


def test_sql_with_a_mistake_tells_where(lake: str, decantry: Run) -> None:
    wrong = decantry("sql", "select id frm documents where", "--lake", lake)
    assert (wrong.code, "the query is not valid" in wrong.line) == (2, True)
    unknown = decantry("sql", "select nothing_such from documents", "--lake", lake)
    assert (unknown.code, "nothing_such" in unknown.line) == (2, True)
    missing = decantry("explain", "https://example.org/none", "--recipe", "c4", "--lake", lake)
    assert (missing.code, "the lake has no document https://example.org/none" in missing.line) == (2, True)


def test_a_long_predicate_is_told_by_the_part_of_it_that_fails(
    lake: str, untracked: None, decantry: Run, tmp_path: Path
) -> None:
    """Spark shows some characters around the place; two steps that both hold the place are both named."""
    long = " and ".join(["length(text) < 1000000000"] * 5)
    steps = "".join(
        f'  - where: {{name: {name}, keep: "{long} and {test} and length(text) < 2000000000"}}\n'
        for name, test in (
            ("fine", "coalesce(length(url), 9) > 1"),
            ("old", "cast(url as int) > 1"),
            ("older", "cast(url as int) < 9"),
        )
    )
    answer = decantry("curate", recipe(tmp_path, steps), "--lake", lake, "--quiet")
    assert answer.code == 2
    assert answer.line.startswith("one of the steps old, older of mine fails on a document: [CAST_INVALID_INPUT]")
    assert answer.line.endswith("(in `cast(url as int)`)")


def test_a_predicate_that_fails_on_a_document_names_its_step(
    lake: str, untracked: None, decantry: Run, tmp_path: Path
) -> None:
    mine = recipe(tmp_path, '  - where: {name: old, keep: "cast(url as int) > 1"}')
    answer = decantry("curate", mine, "--lake", lake, "--quiet")
    assert answer.code == 2
    assert answer.line.startswith("the step old of mine fails on a document: [CAST_INVALID_INPUT] The value 'https://")
    assert "SQLSTATE" not in answer.line and "details in" not in answer.line
    assert not (Path(lake) / "silver" / "verdicts").exists()
    assert not (Path(lake) / "_staging").exists()


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("", "the lake's address is empty"),
        ("dbfs:/mnt/lake", "the lake dbfs:/mnt/lake has an unknown scheme"),
        ("hdfs://host/lake", "the lake hdfs://host/lake has an unknown scheme"),
        ("lakes/*", "has a * in its address, which Spark treats as a pattern: use another name"),
        ("lake[1]", "has a [ in its address, which Spark treats as a pattern: use another name"),
        ("la\\ke", "has a \\ in its address, which Spark treats as a pattern: use another name"),
        ("la%6be", "has %6b in its address, which URIs decode to another character: use another name"),
        ("la\nke", "la\\nke' has a character in its address that cannot be shown"),
        ("s3://bucket/lake*", "the lake s3a://bucket/lake* has a * in its address"),
    ],
)
def test_a_lake_that_is_no_place(decantry: Run, rows: Path, address: str, line: str) -> None:
    answer = decantry("run", "fineweb", "--input", str(rows), "--lake", address, "--quiet")
    assert (answer.code, line in answer.line) == (2, True)


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


def test_the_version_is_told(decantry: Run) -> None:
    answer = decantry("--version")
    assert (answer.code, answer.err) == (0, "")
    assert re.fullmatch(r"decantry \S+\n", answer.out)


def test_no_words_at_all_show_the_help(decantry: Run) -> None:
    answer = decantry()
    assert answer.code == 0
    assert "rehydration-weights" in answer.out


def test_a_crawl_that_is_not_there_is_named(
    spark: SparkSession, untracked: None, decantry: Run, tmp_path: Path, rows: Path
) -> None:
    lake = str(tmp_path / "lake")
    assert decantry("ingest", "--input", str(rows), "--lake", lake, "--crawl", "\u202ered", "--quiet").code == 0
    answer = decantry("curate", "c4", "--lake", lake, "--crawl", "\u202ered", "--crawl", "nope")
    assert (answer.code, "has no documents of the crawl nope: it has \\u202ered" in answer.line) == (2, True)
    plain = decantry("dedup", "--lake", lake, "--quiet")
    assert (plain.code, "kept 1 of 1 documents" in plain.out) == (0, True)
    assert decantry("dedup", "--lake", lake, "--quiet").out.startswith("already done: dedup of \\u202ered\n")


def test_a_lake_that_is_not_there_is_not_begun_by_what_reads_it(decantry: Run, tmp_path: Path) -> None:
    for command in (["dedup"], ["curate", "c4"], ["extract", "--extractor", "trafilatura"]):
        answer = decantry(*command, "--lake", str(tmp_path / "none"))
        assert (answer.code, "there is no lake at" in answer.line) == (2, True)
    assert not (tmp_path / "none").exists()


def test_a_predicate_that_is_neither_true_nor_false(lake: str, untracked: None, decantry: Run, tmp_path: Path) -> None:
    answer = decantry("curate", recipe(tmp_path, "  - where: {name: old, keep: text}"), "--lake", lake, "--quiet")
    assert answer.line == "the step old cannot use its predicate: its type is string, not boolean"


def test_a_document_without_an_address_is_explained(lake: str, decantry: Run) -> None:
    shown = decantry("explain", "nourl", "--recipe", "fineweb", "--lake", lake)
    assert (shown.code, shown.out.startswith("(no address)\n"), "1. url_filter: passed" in shown.out) == (0, True, True)
