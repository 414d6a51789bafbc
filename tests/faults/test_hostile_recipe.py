"""Hostile names and predicates in recipes: row 30 of the faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.errors import UserError
from decantry.jobs.lake import Lake, literal
from decantry.jobs.recipe.load import load

RECIPE = """
recipe: {name}
title: hostile
text: {{extractor: resiliparse}}
steps:
  - where: {{name: {rule}, keep: "{keep}"}}
"""


def write(folder: Path, name: str = "mine", rule: str = "rule", keep: str = "length(text) > 3") -> str:
    path = folder / "recipe.yaml"
    path.write_text(RECIPE.format(name=name, rule=rule, keep=keep))
    return str(path)


def test_an_ordinary_predicate_passes(tmp_path: Path) -> None:
    for keep in ("size(words(text, 'en')) >= 220", "url not like '%;--select (%' and length(text) > 3"):
        assert load(write(tmp_path, keep=keep)).recipe == "mine"


@pytest.mark.parametrize(
    "keep",
    [
        "true; DROP TABLE documents",
        "exists (select 1 from csv.x)",
        "length(text) > (select max(length(text)) from documents)",
        "reflect('java.lang.System', 'exit', 1) is null",
        "`reflect`('java.lang.System', 'exit', 1) is null",
        "java_method ('java.lang.Runtime', 'getRuntime') is null",
        "true -- and nothing else",
        "true /* and */",
        "rand() < 0.5",
        "text < uuid()",
        "fetched_at < current_timestamp",
        "monotonically_increasing_id() > 7",
    ],
)
def test_a_predicate_that_reaches_out_or_wavers_is_refused(tmp_path: Path, keep: str) -> None:
    with pytest.raises(UserError) as told:
        load(write(tmp_path, keep=keep))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", ["'a`b'", "'x; drop'", "../up", "'a b'", "a.b", "'a/b'", "A"])
def test_a_name_that_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError):
        load(write(tmp_path, name=name))


def test_names_are_quoted_in_sql() -> None:
    lake = Lake(None, "main.decantry", "run")  # type: ignore[arg-type]
    assert lake._identifier("gold/a`; drop table x") == "`main`.`decantry_gold`.`a``; drop table x`"
    assert literal("it's \\' over") == "'it\\'s \\\\\\' over'"
