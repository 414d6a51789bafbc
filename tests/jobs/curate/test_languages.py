"""All languages in one publication: each has a partition and a funnel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.curate.languages import counts_by_language
from decantry.jobs.recipe.load import parse
from decantry.jobs.upkeep import maintain as maintaining
from decantry.jobs.upkeep.tables import tables_of
from tests.jobs.curate.corpora import lake_with
from tests.jobs.steps.test_configurations import GERMAN, folder

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

STEPS = """
recipe: every
steps:
  - language: {{by_language: '{configurations}'}}
  - where: {{name: long, keep: "char_length(text) > 3"}}
"""
MADE = [
    ("d1", "c1", "lang genug"),
    ("d2", "c1", "kurz"),
    ("d3", "c1", "ja"),
    ("f1", "c1", "assez long"),
    ("n1", "c1", "-"),
]
LANGUAGE = {**dict.fromkeys(["d1", "d2", "d3"], "deu_Latn"), "f1": "fra_Latn", "n1": None}


def test_each_language_is_a_partition_and_has_a_funnel(spark: SparkSession, tmp_path: Path) -> None:
    configurations = folder(tmp_path, deu_Latn=GERMAN, fra_Latn=GERMAN)
    lake = lake_with(spark, tmp_path / "lake", "run-1", MADE, language=LANGUAGE)
    report = curate(lake, parse(STEPS.format(configurations=configurations), "every.yaml"))
    assert report.languages == {
        "deu_Latn": {None: 2, "long.where": 1},
        "fra_Latn": {None: 1},
        "": {"language.unconfigured": 1},
    }
    assert {name: [(s.seen, s.removed) for s in steps] for name, steps in report.funnels.items()} == {
        "deu_Latn": [(3, 0), (3, 1)],
        "": [(1, 1), (0, 0)],
        "fra_Latn": [(1, 0), (1, 0)],
    }
    parts = sorted(path.name for path in (tmp_path / "lake" / "gold" / "every" / "dump=c1").iterdir())
    assert parts == ["language=deu_Latn", "language=fra_Latn"]


def test_maintain_rewrites_no_language_that_has_one_file(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configurations = folder(tmp_path, deu_Latn=GERMAN, fra_Latn=GERMAN)
    lake = lake_with(spark, tmp_path / "lake", "run-1", MADE, language=LANGUAGE)
    recipe = parse(STEPS.format(configurations=configurations), "every.yaml")
    curate(lake, recipe)
    corpora = [table for table in tables_of(lake) if table.name == "gold/every"]
    monkeypatch.setattr(maintaining, "tables_of", lambda lake: corpora)
    (done,) = maintaining.maintain(lake)
    assert (done.files_before, done.files_after, done.compacted) == (2, 2, 0)


def test_a_recipe_of_one_partition_counts_no_languages() -> None:
    fates = mock.Mock()
    assert counts_by_language(parse("recipe: one\nsteps: [count_tokens]", "one.yaml"), fates, ["c1"]) == {}
    assert fates.mock_calls == []
