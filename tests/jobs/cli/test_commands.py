"""The commands over one small lake, as a person would use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.command import Answer, runner

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Run = Callable[..., Answer]
SPARKLESS = ("recipes", "tables", "inputs", "doctor", "--help")


@pytest.fixture
def decantry(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(monkeypatch, capsys)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with rows to read and a recipe that keeps one of three."""
    made = tmp_path_factory.mktemp("commands")
    pages = {"1": "a cat \x1b[31msat", "2": "a dog", "3": "a cat and no more than that"}
    rows = [{"id": i, "url": f"https://example.org/{i}", "text": text, "dump": "T"} for i, text in pages.items()]
    (made / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (made / "cats.yaml").write_text(
        "recipe: cats\nsteps:\n"
        "  - where: {name: has_cat, keep: \"text like '%cat%'\"}\n"
        "  - where: {name: long, keep: length(text) > 20}\n"
        "checks:\n  - kept_share: {between: [0.1, 0.9]}\n"
    )
    return made


def test_a_corpus_has_columns_of_its_own(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    decantry = runner(monkeypatch, capsys)
    shown = decantry("tables", "gold/fineweb").out
    assert "minhash_cluster_size  bigint" in shown and "gold/fineweb" in shown
    assert "gold/fineweb_trafilatura: The corpus" in decantry("tables", "gold/fineweb-trafilatura").out
    mine = decantry("tables", "gold/mine").out
    assert "token_count" in mine and "no shipped recipe is called so, and the steps of your own may add columns" in mine
    odd = decantry("tables", "gold/No such")
    assert (odd.code, "after gold/ comes a recipe's name, as c4, " in odd.err) == (2, True)
    assert "there is no table gold:" in decantry("tables", "gold").line


def test_run_check_sql_explain_and_run_again(spark: SparkSession, decantry: Run, folder: Path) -> None:
    lake, recipe, rows = str(folder / "lake"), str(folder / "cats.yaml"), str(folder / "rows.jsonl")
    first = decantry("run", recipe, "--input", rows, "--lake", lake)
    assert first.code == 0, first.err
    assert "kept 1 of 3 documents (33.3%)" in first.out
    assert "has_cat" in first.out
    versions = decantry("tables", "--lake", lake).out
    again = decantry("run", recipe, "--input", rows, "--lake", lake, "--quiet")
    assert (again.code, again.out.count("already done")) == (0, 2)
    assert decantry("tables", "--lake", lake).out == versions

    checked = decantry("check", recipe, "--lake", lake, "--quiet")
    assert (checked.code, "checks of cats hold" in checked.out) == (0, True)
    counts = "select removed_by, count(*) as n from verdicts group by 1 order by 1"
    answer = decantry("sql", counts, "--lake", lake, "--output", "json")
    assert json.loads(answer.out) == [
        {"removed_by": None, "n": 1},
        {"removed_by": "has_cat.where", "n": 1},
        {"removed_by": "long.where", "n": 1},
    ]
    csv = decantry("sql", "select id, text from cats", "--lake", lake, "--output", "csv")
    assert csv.out == "id,text\n3,a cat and no more than that\n"
    table = decantry("sql", "select * from documents order by id", "--lake", lake, "--limit", "2")
    assert "\x1b" not in table.out
    assert "more rows: the first 2 are shown" in table.out

    told = decantry("explain", "https://example.org/1", "--recipe", recipe, "--lake", lake)
    assert told.code == 0
    assert "verdict: removed by long.where" in told.out
    assert "2. long: removed" in told.out
    assert "\x1b" not in told.out
    assert "done" in decantry("inputs", "--lake", lake).out


def test_a_failed_check_publishes_nothing_and_is_1(spark: SparkSession, decantry: Run, folder: Path) -> None:
    rows = [{"id": f"{n:04d}", "url": "", "text": "a cat and no more than that"} for n in range(1000)]
    (folder / "many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    lake, recipe = str(folder / "other"), str(folder / "cats.yaml")
    answer = decantry("run", recipe, "--input", str(folder / "many.jsonl"), "--lake", lake, "--quiet")
    assert answer.code == 1
    assert answer.line.startswith("a check failed and nothing was published: ExpectColumnValuesToBeBetween(kept_share)")
    failed = decantry(
        "sql", "select expectation, observed from checks where not success", "--lake", lake, "--output", "json"
    )
    assert json.loads(failed.out) == [{"expectation": "ExpectColumnValuesToBeBetween(kept_share)", "observed": "1.0"}]
    assert not (folder / "other" / "gold").exists()
    assert "is not published" in decantry("check", recipe, "--lake", lake, "--quiet").line


def test_every_command_has_help_with_an_example(decantry: Run) -> None:
    from decantry.jobs.cli.commands import COMMANDS

    for command in COMMANDS:
        answer = decantry(command, "--help")
        assert (answer.code, "Example:" in answer.out) == (0, True), command


def test_commands_that_need_no_spark_do_not_import_it(folder: Path) -> None:
    import subprocess
    import sys

    for command in SPARKLESS:
        arguments = ["decantry", command, *(["--lake", str(folder / "lake")] if command == "inputs" else [])]
        watch = (
            f"import sys; from decantry.jobs.main import main; sys.argv = {arguments!r}\n"
            "try: main()\nexcept SystemExit: pass\n"
            "assert 'py4j' not in sys.modules, 'Spark was imported'"
        )
        ended = subprocess.run([sys.executable, "-c", watch], capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr


def test_recipes_prints_every_rule_with_its_threshold(decantry: Run) -> None:
    out = decantry("recipes", "fineweb").out
    assert "removes gopher_quality.short_doc when words < 50" in out
    assert "removes fineweb_quality.char_dup_ratio when char_dup_ratio > 0.01" in out
    assert "fineweb-trafilatura" in decantry("recipes").out
