"""Mistakes in queries and predicates: one clear line, and the right exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.jobs.cli.mistakes import Run, recipe


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


def test_a_predicate_that_is_neither_true_nor_false(lake: str, untracked: None, decantry: Run, tmp_path: Path) -> None:
    answer = decantry("curate", recipe(tmp_path, "  - where: {name: old, keep: text}"), "--lake", lake, "--quiet")
    assert answer.line == "the step old cannot use its predicate: its type is string, not boolean"


def test_a_document_without_an_address_is_explained(lake: str, decantry: Run) -> None:
    shown = decantry("explain", "nourl", "--recipe", "fineweb", "--lake", lake)
    assert (shown.code, shown.out.startswith("(no address)\n"), "1. url_filter: passed" in shown.out) == (0, True, True)
