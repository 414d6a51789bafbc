"""The commands over one small lake, as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from deltalake import write_deltalake

from decantry.jobs.cli.on_demand import COMMANDS, loaded
from decantry.jobs.lake.without_spark import rows_of
from tests.command import Answer, runner
from tests.jobs.cli.conftest import Pets
from tests.jobs.explore.preview.written import Judged, write_lake

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Run = Callable[..., Answer]
WATCH = """
import json, sys
from decantry.jobs.main import main
for words in json.loads(sys.argv[1]):
    sys.argv = ["decantry", *words]
    try:
        main()
    except SystemExit:
        pass
    assert "py4j" not in sys.modules, words
    print(words[0], "needed no Spark", file=sys.stderr)
"""


@pytest.fixture
def decantry(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(monkeypatch, capsys)


def test_a_corpus_has_its_own_columns(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    decantry = runner(monkeypatch, capsys)
    shown = decantry("tables", "gold/fineweb").out
    assert "minhash_cluster_size  bigint" in shown and "gold/fineweb" in shown
    assert "gold/fineweb_trafilatura: The corpus" in decantry("tables", "gold/fineweb-trafilatura").out
    mine = decantry("tables", "gold/mine").out
    assert "token_count" in mine and "No shipped recipe has this name; the steps of your recipe may add columns" in mine
    odd = decantry("tables", "gold/No such")
    assert (odd.code, "write a recipe's name after gold/, like c4, " in odd.err) == (2, True)
    assert "there is no table gold:" in decantry("tables", "gold").line


def test_run_check_sql_explain_and_run_again(pets: Pets, decantry: Run) -> None:
    versions = decantry("tables", "--lake", pets.lake).out
    again = decantry(*pets.run, "--quiet")
    assert (again.code, again.out.count("already done")) == (0, 2)
    assert decantry("tables", "--lake", pets.lake).out == versions

    checked = decantry("check", pets.recipe, "--lake", pets.lake, "--quiet")
    assert (checked.code, "checks of quiet-pets passed" in checked.out) == (0, True)
    csv = decantry("sql", "select id, url from quiet_pets", "--lake", pets.lake, "--output", "csv")
    assert csv.out == "id,url\ncats,https://pets.example.org/cats\n"
    table = decantry("sql", "select * from documents order by id desc", "--lake", pets.lake, "--limit", "2")
    assert "\x1b" not in table.out
    assert "more rows: only the first 2 are shown" in table.out

    told = decantry("explain", "https://pets.example.org/cows", "--recipe", pets.recipe, "--lake", pets.lake)
    assert told.code == 0
    assert "verdict: removed by has_pet.where" in told.out
    assert " 1. has_pet: removed" in told.out
    assert "\\u001b[31m" in told.out and "\x1b" not in told.out


def test_a_failed_check_publishes_nothing_and_is_1(spark: SparkSession, decantry: Run, tmp_path: Path) -> None:
    rows, recipe, lake = tmp_path / "many.jsonl", tmp_path / "cats.yaml", str(tmp_path / "lake")
    many = [{"id": f"{n:04d}", "url": "", "text": "a cat and no more than that"} for n in range(1000)]
    rows.write_text("".join(json.dumps(row) + "\n" for row in many))
    recipe.write_text(
        "recipe: cats\nsteps:\n  - where: {name: has_cat, keep: \"text like '%cat%'\"}\n"
        "checks:\n  - kept_share: {between: [0.1, 0.9]}\n"
    )
    answer = decantry("run", str(recipe), "--input", str(rows), "--lake", lake, "--quiet")
    assert answer.code == 1
    assert answer.line.startswith("a check failed and nothing was published: ExpectColumnValuesToBeBetween(kept_share)")
    assert answer.line.endswith("saw 1.0, allowed 0.1 to 0.9")
    failed = [row for row in rows_of(lake, "ops/checks") if not row["success"]]
    assert [(row["expectation"], row["observed"]) for row in failed] == [
        ("ExpectColumnValuesToBeBetween(kept_share)", "1.0")
    ]
    assert not (tmp_path / "lake" / "gold").exists()
    assert rows_of(lake, "ops/publications") == []
    assert "is not published" in decantry("check", str(recipe), "--lake", lake, "--quiet").line


def test_every_command_has_help_with_an_example(decantry: Run) -> None:
    for command, about in COMMANDS.items():
        assert loaded(command).help.splitlines()[0] == about
        answer = decantry(command, "--help")
        assert (answer.code, "Example:" in answer.out) == (0, True), command


def test_commands_that_need_no_spark_do_not_import_it(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("recipe: mine\nsteps:\n  - gopher_quality: {}\n")
    lake = write_lake(tmp_path, "mine", mine.read_text(), [Judged("cats", None, {"gopher_quality.words": 60.0})])
    write_deltalake(tmp_path / "ops" / "inputs", pa.table({"path": ["a.warc.gz"], "status": ["done"]}))
    commands = [
        ["recipes"],
        ["tables", "--lake", lake],
        ["inputs", "--lake", lake],
        ["doctor"],
        ["preview", str(mine), "--set", "gopher_quality.min_words=70", "--lake", lake, "--quiet"],
        ["--help"],
    ]
    ended = subprocess.run(
        [sys.executable, "-c", WATCH, json.dumps(commands)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert "a.warc.gz" in ended.stdout and "mine@1 with gopher_quality.min_words=70" in ended.stdout
    assert ended.stderr.splitlines() == [f"{words[0]} needed no Spark" for words in commands]


def test_recipes_prints_every_rule_with_its_threshold(decantry: Run) -> None:
    out = decantry("recipes", "fineweb").out
    assert "removes gopher_quality.short_doc when words < 50" in out
    assert "removes fineweb_quality.char_dup_ratio when char_dup_ratio > 0.01" in out
    assert "fineweb-trafilatura" in decantry("recipes").out
