"""A small crawl, and a run over it that commits to every table."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.checks.gate import gate
from decantry.jobs.curate.job import curate
from decantry.jobs.curate.report import CurateReport
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions, IngestReport
from decantry.jobs.lake.lake import Lake
from decantry.jobs.recipe.load import parse
from tests.warc_files import gz, page, response, warcinfo, write

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

WORDS = "The ferry to the island leaves at {} past seven, and nobody on it has ever asked why so late."
RECIPE = """
recipe: ferries
steps:
  - where: {name: on_time, keep: "text not like '%at 4%'"}
"""
TABLES_OF_INGEST = ("silver/documents", "silver/rejects", "bronze/pages", "ops/inputs")
TABLES_OF_CURATE = ("silver/verdicts", "silver/signals", "ops/checks", "gold/ferries", "ops/publications")


def crawl(folder: Path, name: str = "FERRY-1") -> Path:
    """Two archives of one crawl: pages, a repeated page, an unreadable page, and damage."""
    broken = response(f"broken-{name}", b"no status line")
    pages = (page(f"a{n}-{name}".lower(), WORDS.format(n)) for n in range(6))
    write(folder / "a.warc.gz", warcinfo(name), *pages, broken)
    whole = gz(warcinfo(name), page(f"b-{name}", WORDS.format(9)), page(f"a1-{name}".lower(), WORDS.format(8)))
    (folder / "b.warc.gz").write_bytes(whole + b"garbage" + gz(page(f"c-{name}", WORDS.format(7))))
    return folder


@pytest.fixture(scope="session")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crawl(tmp_path_factory.mktemp("ferries"))


def read(lake: Lake, archives: Path, batch: int = 1) -> IngestReport:
    """Ingest with raw pages, `batch` of the two archives at a time."""
    return ingest(lake, [str(archives)], IngestOptions(keep_html=True, batch_archives=batch))


def judge(lake: Lake, crawls: list[str] | None = None) -> CurateReport:
    """Curate with checks and all measurements."""
    recipe = parse(RECIPE, "ferries.yaml")
    return curate(lake, recipe, crawls, measure_all=True, gate=lambda judgement: gate(lake, judgement))


def run(spark: SparkSession, folder: Path, archives: Path, name: str = "run") -> tuple[IngestReport, CurateReport]:
    """A run with all kinds of commits: two batches, checks and a publication."""
    lake = Lake(spark, str(folder), name)
    found = read(lake, archives)
    return found, judge(lake, found.crawls)


def quick_run(
    spark: SparkSession, folder: Path, archives: Path, name: str, batch: int = 1
) -> tuple[IngestReport, CurateReport]:
    """A short run that publishes a crawl, with raw pages, without checks and measurements."""
    lake = Lake(spark, str(folder), name)
    found = read(lake, archives, batch)
    return found, curate(lake, parse(RECIPE, "ferries.yaml"), found.crawls)


@dataclass(frozen=True)
class TwoCrawls:
    """Two crawls, and two lakes that no test changes: one with the first crawl, one with both, each crawl published.

    FERRY-1 is in `first` and in both lakes; FERRY-2 is in `second` and in the lake `both`.
    """

    first: Path
    second: Path
    one: Path
    both: Path


@pytest.fixture(scope="session")
def two_crawls(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> TwoCrawls:
    folder = tmp_path_factory.mktemp("two-crawls")
    made = TwoCrawls(crawl(folder / "1", "FERRY-1"), crawl(folder / "2", "FERRY-2"), folder / "one", folder / "both")
    quick_run(spark, made.one, made.first, "first", batch=2)
    quick_run(spark, copy(made.one, made.both), made.second, "second", batch=2)
    return made


def copy(lake: Path, folder: Path, *tables: str) -> Path:
    """A copy of the lake that a test may change, with all tables or these."""
    for table in tables or ("",):
        shutil.copytree(lake / table, folder / table)
    return folder
