"""Hostile names and predicates in recipes: row 30 of the faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import load, parse
from decantry.schemas.table import literal
from tests.command import runner

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
    for keep in (
        "fetched_at < date'2026-01-01'",
        "size(words(text, 'en')) >= 220",
        "url not like '%;--select (%' and length(text) > 3",
    ):
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
        "row_number() over (partition by host order by fetched_at) = 1",
        "fetched_at < timestamp'now'",
        "fetched_at < DATE 'today'",
        "current_user() = 'root'",
    ],
)
def test_a_predicate_that_reads_other_data_or_is_not_deterministic_is_refused(tmp_path: Path, keep: str) -> None:
    with pytest.raises(UserError) as told:
        load(write(tmp_path, keep=keep))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", ["'a`b'", "'x; drop'", "../up", "'a b'", "a.b", "'a/b'", "A"])
def test_an_invalid_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError):
        load(write(tmp_path, name=name))


def test_names_are_quoted_in_sql() -> None:
    lake = Lake(None, "main.decantry", "run")  # type: ignore[arg-type]
    assert lake._identifier("gold/a`; drop table x") == "`main`.`decantry_gold`.`a``; drop table x`"
    assert literal("it's \\' over") == "'it\\'s \\\\\\' over'"


def folded(depth: int) -> str:
    """YAML in which each name stands for nine times the name before, `depth` times."""
    levels = [f"- &n{at} [{', '.join([f'*n{at - 1}'] * 9)}]" for at in range(1, depth)]
    return "\n    ".join(["- &n0 [url, url]", *levels])


@pytest.mark.parametrize(
    ("yaml", "why"),
    [
        (f"title: &n\n    {folded(9)}\nsteps:\n  - c4: {{}}\n", "more than 100000 values, or refers to itself"),
        ("steps:\n  - near_duplicates: {bands: &a [*a]}\n", "nests more than 32 deep"),
        ("steps:\n  - near_duplicates: &a {keep: *a}\n", "nests more than 32 deep"),
        (f"steps: {'[' * 3000}{']' * 3000}\n", "nests too deeply"),
        ("title: {<<: {a: 1}}\nsteps:\n  - c4: {}\n", "`<<` is not supported: write the options out"),
        ("title: 2020-13-45\nsteps:\n  - c4: {}\n", "a value that does not fit its tag or format: month must be"),
        ("title: !!int foo\nsteps:\n  - c4: {}\n", "a value that does not fit its tag or format"),
        ("title: !!bool foo\nsteps:\n  - c4: {}\n", "a value that does not fit its tag or format"),
        ("title: !!timestamp foo\nsteps:\n  - c4: {}\n", "a value that does not fit its tag or format"),
        (f"title: {'9' * 5000}\nsteps:\n  - c4: {{}}\n", "a value that does not fit its tag or format"),
        ("steps:\n  - near_duplicates: {2020-01-01: 5}\n", "has a key that is a date, 2020-01-01: write it in quotes"),
        ('title: "\\ud800"\nsteps:\n  - c4: {}\n', "has half of a surrogate pair, '\\ud800'"),
        ("title: !!python/object/apply:os.system [exit]\nsteps:\n  - c4: {}\n", "is not YAML"),
    ],
    ids=lambda words: words[:40],
)
def test_hostile_yaml_is_refused_in_one_line(yaml: str, why: str) -> None:
    with pytest.raises(UserError) as told:
        parse(f"recipe: mine\n{yaml}", "mine.yaml")
    assert why in str(told.value) and "\n" not in str(told.value)


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises(UserError, match="there is no recipe aaa"):
        load("a" * 300)


def test_texts_of_a_recipe_cannot_control_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "mine.yaml").write_text(
        'recipe: mine\ntitle: "\\e[31mred\\a"\nreference: ["a\\nb"]\nsteps:\n  - c4: {}\n'
    )
    shown = runner(monkeypatch, capsys)("recipes", str(tmp_path / "mine.yaml")).out
    assert shown.startswith("mine: \\u001b[31mred\\u0007\n  from a⏎b\n")
