"""Row 23 of docs/reliability.md: tables whose columns differ from those of this version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyspark.sql import functions as F

from decantry.jobs.ingest.extract import extract
from decantry.jobs.ingest.options import IngestOptions
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.process.progress import Progress
from decantry.jobs.recipe.load import parse
from decantry.jobs.run.context import Context
from decantry.jobs.run.job import run as main_job
from decantry.jobs.tracking.tracker import Tracker
from decantry.jobs.upkeep.forget import forget
from decantry.jobs.upkeep.maintain import maintain
from decantry.jobs.upkeep.rollback import rollback
from decantry.schemas.catalogue import TABLES
from decantry.schemas.table import Column, Table
from decantry.udfs.archive.url import suffix_list
from tests.faults.ferries import RECIPE, ferries, read

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["ferries"]


@contextmanager
def as_if(table: Table) -> Iterator[None]:
    """The version that writes this table."""
    before = TABLES[table.name]
    TABLES[table.name] = table
    try:
        yield
    finally:
        TABLES[table.name] = before


@pytest.mark.slow  # several runs
def test_new_columns_are_added_automatically_and_other_changes_are_refused(
    spark: SparkSession, tmp_path: Path, ferries: Path
) -> None:
    now = TABLES["ops/inputs"]
    older = replace(now, columns=tuple(column for column in now.columns if column.name != "suffix_list"))
    lake = Lake(spark, str(tmp_path), "run")
    one, both = ferries / "a.warc.gz", ferries
    with as_if(older):
        read(lake, one)
    assert "suffix_list" not in lake.delta("ops/inputs").toDF().columns
    read(lake, both)
    found = {Path(row["path"]).name: row["suffix_list"] for row in lake.read("ops/inputs").collect()}
    assert found == {"a.warc.gz": None, "b.warc.gz": suffix_list()}

    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "c.warc.gz").write_bytes(one.read_bytes())
    before = {name: lake.version(name) for name in ("silver/documents", "silver/rejects", "ops/inputs")}
    bytes_as_text = tuple(replace(c, type="string") if c.name == "bytes" else c for c in now.columns)
    renamed = tuple(replace(c, name="size") if c.name == "bytes" else c for c in now.columns)
    for columns, line in (
        (bytes_as_text, "ops/inputs in .* has the column bytes as bigint, not string; nothing was written"),
        (renamed, "ops/inputs in .* has a column bytes, which is not known here; nothing was written"),
    ):
        with as_if(replace(now, columns=columns)), pytest.raises(UserError, match=line):
            read(lake, tmp_path / "more")
    assert {name: lake.version(name) for name in before} == before


def odd(lake: Lake, table: Table) -> Table:
    """Make the table, with no rows, as another version might: other last column, other type of the first."""
    first, *others, last = table.columns
    columns = (replace(first, type="bigint"), *others, replace(last, name="later"))
    table = replace(table, columns=columns, constraints={})
    lake.append(table.name, few_rows(lake.spark, table, []), table)
    return table


@pytest.mark.parametrize(
    "name",
    [
        "silver/verdicts",
        "gold/ferries",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("silver/cuts", "ops/publications", "ops/checks")),
    ],
)
def test_a_run_checks_all_tables_that_it_writes_before_it_reads(
    spark: SparkSession, tmp_path: Path, ferries: Path, name: str
) -> None:
    lake = Lake(spark, str(tmp_path), "run")
    recipe = parse(RECIPE, "ferries.yaml")
    odd(lake, TABLES.get(name, recipe.corpus()))
    context = Context(lake, Progress(quiet=True), Tracker(None, "run", print))
    with pytest.raises(UserError, match=rf"{name} in .* has the column \w+ as bigint, not string; nothing was written"):
        main_job(context, recipe, [str(ferries)], IngestOptions())
    assert (lake.version(name), lake.exists("silver/documents"), lake.exists("ops/inputs")) == (0, False, False)


def test_upkeep_and_extract_check_all_tables_that_they_write_first(spark: SparkSession, tmp_path: Path) -> None:
    forget_nobody = [("id", "nobody")]
    lake = Lake(spark, str(tmp_path / "rejects"), "run")
    odd(lake, TABLES["silver/rejects"])
    lake.append("silver/documents", few_rows(spark, TABLES["silver/documents"], []))
    for act in (lambda: forget(lake, forget_nobody), lambda: extract(lake, "trafilatura")):
        with pytest.raises(UserError, match=r"silver/rejects in .* nothing was written"):
            act()
    assert not lake.exists("ops/forgotten")
    assert [each.table for each in maintain(lake)] == ["silver/documents", "silver/rejects"]  # it changes no columns

    lake = Lake(spark, str(tmp_path / "publications"), "run")
    odd(lake, TABLES["ops/publications"])
    acts = (lambda: forget(lake, forget_nobody), lambda: maintain(lake), lambda: rollback(lake, "ferries", "ferries@0"))
    for act in acts:
        with pytest.raises(UserError, match=r"ops/publications in .* nothing was written"):
            act()
    assert (lake.version("ops/publications"), lake.exists("ops/forgotten")) == (0, False)


def test_a_row_that_breaks_a_constraint_commits_nothing(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path), "run")
    table = TABLES["ops/checks"]
    row = ["run", "silver/pets", "a pet", True, "harmless", "seen", "wanted", None]
    with pytest.raises(InfrastructureError, match=r"^ops/checks: CHECK constraint known_severity .* violated by row"):
        lake.append(table.name, few_rows(spark, table, [row]))
    assert lake.read(table.name).count() == 0
    told = {row["col_name"]: row["comment"] for row in spark.sql(f"DESCRIBE delta.`{lake.path(table.name)}`").collect()}
    assert told["severity"] == "error stops a publish; warning does not."


def test_a_null_in_a_required_column_commits_nothing(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path), "run")
    table = Table("silver/pets", "Pets.", (Column("id", "string", "An id.", nullable=False),), ("id",))
    ids = spark.range(3).select(F.when(F.col("id") < 2, F.col("id").cast("string")).alias("id"))
    lake.append(table.name, ids.where("id IS NOT NULL"), table)
    line = r"^silver/pets: NOT NULL constraint violated for column: id; nothing was committed$"
    with pytest.raises(InfrastructureError, match=line):
        lake.append(table.name, ids, table)
    assert (lake.version(table.name), spark.read.format("delta").load(lake.path(table.name)).count()) == (1, 2)
