"""The newest version of a corpus, opened by other engines, is what `decantry sql` shows under the recipe's name."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from deltalake import DeltaTable

from decantry.jobs.curate.job import curate
from decantry.jobs.explore.sql import query
from decantry.jobs.lake.jars import runtime_jars
from decantry.jobs.lake.lake import Lake
from decantry.jobs.recipe.load import parse
from decantry.jobs.upkeep.forget import forget
from decantry.jobs.upkeep.maintain import maintain
from decantry.jobs.upkeep.rollback import rollback
from tests.conftest import ROOT
from tests.jobs.curate.test_curate import RECIPE, TEXTS, lake_of
from tests.jobs.lake import engines

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.slow
STRICTER = RECIPE.replace(">= 10", ">= 18")


def same_by_all(lake: Lake, duckdb: Path) -> list[str]:
    """The ids that `sql` shows. Asserts that each engine finds the same rows, column by column."""
    shown = _sorted(row.asDict(recursive=True) for row in query(lake, "SELECT * FROM my_pets").collect())
    table = lake.path("gold/my_pets")
    assert _sorted(DeltaTable(table).to_pyarrow_table().to_pylist()) == shown
    assert _sorted(engines.asked(duckdb, table)) == shown
    assert _sorted(engines.asked(sys.executable, "spark", table, f"{runtime_jars()}/*")) == shown
    return sorted(row["id"] for row in shown)


def _sorted(rows: Any) -> list[dict[str, Any]]:
    """The rows as JSON has them, so that dates of all engines are alike, in the order of their ids."""
    return sorted(json.loads(json.dumps(list(rows), default=str)), key=lambda row: (row["id"], row["copy"]))


def test_every_engine_finds_the_rows_that_sql_shows_after_each_command(spark: SparkSession, tmp_path: Path) -> None:
    duckdb = engines.environment(ROOT / "build" / "engines")
    lake = lake_of(spark, tmp_path / "lake", summer=TEXTS["summer"])
    curate(lake, parse(RECIPE, "pets.yaml"))
    assert same_by_all(lake, duckdb) == ["1"]
    both = Lake(spark, lake_of(spark, lake.uri, "run-2", winter=TEXTS["winter"]).uri, "run-3")
    curate(both, parse(RECIPE, "pets.yaml"))
    assert same_by_all(both, duckdb) == ["1", "5"]
    curate(Lake(spark, lake.uri, "run-4"), parse(STRICTER, "pets.yaml"), rebuild=True)
    assert same_by_all(lake, duckdb) == ["1", "5"]
    rollback(lake, "my-pets", "my-pets@1")
    assert same_by_all(lake, duckdb) == ["1"]
    rollback(lake, "my-pets", "my-pets@2")
    maintain(lake)
    assert same_by_all(lake, duckdb) == ["1", "5"]
    forget(lake, [("id", "1")])
    assert same_by_all(lake, duckdb) == ["5"]
