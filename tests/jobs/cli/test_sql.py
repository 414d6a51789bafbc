from __future__ import annotations

import io
import json
import math
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from pyspark.sql import SparkSession

from decantry.jobs.cli import prompt as prompting
from decantry.jobs.cli.rows import harmless, plain
from decantry.jobs.explore import sql
from decantry.jobs.lake.lake import Lake
from tests.command import decantry
from tests.jobs.cli.conftest import Pets

TYPES = """
select timestamp'2026-01-02 03:04:05' as t, date'2026-01-02' as d, cast('NaN' as double) as nan, unhex('00ff') as b,
       map('a', 1) as m, array(1, 2) as l, named_struct('x', 'y') as s, cast(1.50 as decimal(9,2)) as n, null as nil
"""


def test_json_is_one_array_and_nothing_else(pets: Pets) -> None:
    said = pets.sql("select id, removed_by from verdicts order by id", "--output", "json")
    assert json.loads(said.out) == [
        {"id": "cats", "removed_by": None},
        {"id": "code", "removed_by": "c4.curly_bracket"},
        {"id": "copy", "removed_by": "near_duplicates.duplicate"},
        {"id": "cows", "removed_by": "has_pet.where"},
        {"id": "short", "removed_by": "c4.too_few_sentences"},
    ]
    assert json.loads(pets.sql("select id from documents where false", "--output", "json").out) == []


def test_json_has_a_form_for_every_type(pets: Pets) -> None:
    (row,) = json.loads(pets.sql(TYPES, "--output", "json").out)
    assert row == {
        **{"t": "2026-01-02T03:04:05Z", "d": "2026-01-02", "nan": None, "b": "AP8="},
        **{"m": {"a": 1}, "l": [1, 2], "s": {"x": "y"}, "n": 1.5, "nil": None},
    }


@pytest.mark.parametrize(
    ("value", "expected"), [(math.inf, None), (Decimal("2"), 2), (b"\xff", "/w=="), ({1: (True,)}, {"1": [True]})]
)
def test_plain_values(value: Any, expected: Any) -> None:
    assert plain(value) == expected
    assert plain(datetime(2026, 1, 2, 3, 4, 5, 6000)) == "2026-01-02T03:04:05.006000Z"


def test_a_table_shows_twenty_rows_and_other_formats_all(pets: Pets) -> None:
    query = "select id from range(25)"
    assert len(json.loads(pets.sql(query, "--output", "json").out)) == 25
    assert len(json.loads(pets.sql(query, "--output", "json", "--limit", "3").out)) == 3
    assert pets.sql(query, "--output", "csv").out.splitlines()[:2] == ["id", "0"]
    table = pets.sql(query).out
    assert "20 rows\n... more rows: only the first 20 are shown" in table
    assert "more rows" not in pets.sql(query, "--limit", "25").out


def test_views_are_the_tables_and_the_published_corpora(pets: Pets) -> None:
    shown = json.loads(pets.sql("show views", "--output", "json").out)
    names = {row["viewName"] for row in shown}
    assert names >= {"documents", "rejects", "inputs", "checks", "publications", "verdicts", "verdicts_all"}
    assert json.loads(pets.sql("select id, dump from quiet_pets", "-o", "json").out) == [{"id": "cats", "dump": "zoo"}]


def test_a_table_cannot_steer_the_terminal(pets: Pets) -> None:
    out = pets.sql("select concat('red', char(27), '[31m', char(10), 'x') as cell").out
    assert "\x1b" not in out
    assert "red\\u001b[31m⏎x" in out
    assert harmless("a\u202eb\u0007") == "a\\u202eb\\u0007"


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("drop table documents", "only queries are run here"),
        ("set spark.x = 1", "only queries are run here"),
        (" -- it's a query\ninsert into documents select 1", "only queries are run here"),
        ("with x as (select * from documents) insert into documents select * from x", "only queries are run here"),
        ("select * from csv.`/etc/hosts`", "own tables are read here"),
        ("select * from `text` . `/etc/hosts`", "not text./etc/hosts"),
        ("select (select count(*) from parquet.`/x`) from documents", "own tables are read here"),
        ("describe extended delta.`/x`", "own tables are read here"),
        ("explain extended select * from json.`/x`", "own tables are read here"),
        ("select `reflect`('java.lang.System', 'getenv', 'HOME')", "the function reflect reaches outside"),
        ("explain execute immediate 'show tables'", "only queries are run here"),
        ("explain execute /* /* */ ' */ \u0131mmediate 'show tables'", "only queries are run here"),
        ("/* ' */ execute immediate 'show tables' -- ' */ select", "only queries are run here"),
        ("select * from identifier('csv.`/etc/hosts`')", "the function identifier reaches outside"),
        ("select `identifier`('java_method')('java.lang.System', 'getenv', 'HOME')", "reaches outside"),
        ("select identifier('java_' || 'method')('java.lang.System', 'getenv', 'HOME')", "identifier reaches outside"),
        ("select transform(id) using 'cat' as (x string) from documents", "scripts"),
        ("", "the query is empty"),
    ],
)
def test_statements_other_than_queries_of_the_lake_are_refused(pets: Pets, query: str, why: str) -> None:
    said = pets.sql(query)
    assert (said.code, said.out) == (2, "")
    assert why in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("query", ["select 'drop table x' as t", "select 1 as `update`", " -- it's\nselect 1 as n"])
def test_words_in_literals_names_and_comments_do_not_make_a_change(pets: Pets, query: str) -> None:
    assert pets.sql(query).code == 0


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("select *\nfrom documents wher id = 1 limit", "(line 2, position "),
        ("select nope from documents", "A column, variable, or function parameter with name `nope` cannot be resolved"),
        ("select * from nope", "The table or view `nope` cannot be found"),
        ("select cast(url as int) from documents", "the query failed: "),
    ],
)
def test_a_wrong_query_is_one_line(pets: Pets, query: str, line: str) -> None:
    said = pets.sql(query)
    assert said.code == 2
    assert line in said.err
    assert said.err.count("\n") == 1


def test_the_prompt_answers_a_line_at_a_time(pets: Pets, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "\\d\n\\d publications\nselect count(*) as n from documents;\nselec 1\n\\q\nselect 'never' as x\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    said = decantry("sql", "--lake", pets.lake)
    assert said.code == 0
    assert "verdicts_all" in said.out
    assert "documents_hash" in said.out
    assert "never" not in said.out
    assert "only queries are run here" in said.err


def test_only_tables_that_a_query_names_are_opened(pets: Pets, spark: SparkSession) -> None:
    lake = Lake(spark, pets.lake, "look")
    assert sql.views(lake, "select 'documents' from Verdicts_All") == ["verdicts_all"]
    assert sql.views(lake, "select 1") == []
    assert {"documents", "quiet_pets"} < set(sql.views(lake, " (show views)"))
    assert {"documents", "quiet_pets"} < set(sql.views(lake, "show table extended like '*'"))


def test_ctrl_c_ends_a_query_at_the_prompt_and_not_the_prompt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    typed = iter(["select slow", "select quick"])

    class Typing:
        def __init__(self, **_: object) -> None:
            pass

        def prompt(self, _: str) -> str:
            return next(typed, "\\q")

    def answer(lake: object, names: list[str], line: str, output: str, limit: int, query: object) -> None:
        asked.append(line)
        if line == "select slow":
            raise KeyboardInterrupt

    monkeypatch.setattr("decantry.jobs.cli.prompt._answer", answer)
    monkeypatch.setattr("prompt_toolkit.PromptSession", Typing)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    prompting.prompt(None, [], "table", 5, sql.query)  # type: ignore[arg-type]
    assert asked == ["select slow", "select quick"]
    assert capsys.readouterr().err == "decantry: interrupted\n"


def test_ctrl_c_ends_queries_that_are_piped(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("decantry.jobs.cli.prompt._answer", answer)
    monkeypatch.setattr("sys.stdin", io.StringIO("select 1\nselect 2\n"))
    with pytest.raises(KeyboardInterrupt):
        prompting.prompt(None, [], "table", 5, sql.query)  # type: ignore[arg-type]
