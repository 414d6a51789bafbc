"""A run without work ends before Spark starts."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import write_deltalake

from decantry.jobs.ingest.manifest import Line
from decantry.jobs.ingest.options import IngestOptions, resolve
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.recipe.load import parse
from decantry.jobs.run.up_to_date import up_to_date
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.source import Source, inspect
from tests.jobs.delta_folders import add, metadata, protocol, remove, write_log

RECIPE = parse("recipe: pets\nsteps:\n  - where: {name: has_pet, keep: \"text like '%cat%'\"}\n", "pets.yaml")
OPTIONS = IngestOptions()
NOW = datetime(2026, 1, 2, tzinfo=timezone.utc)


class Lake(NamedTuple):
    """A lake with one file whose crawl is published, and the arguments of a run on it."""

    root: Path
    source: Source

    def done(self) -> bool:
        return up_to_date(str(self.root), RECIPE, [self.source], OPTIONS) is not None

    def write(self, name: str, row: dict[str, Any]) -> None:
        write_deltalake(self.root / name, pa.Table.from_pylist([row]), mode="overwrite", schema_mode="overwrite")


def line(source: Source, **changes: Any) -> dict[str, Any]:
    found = Line(source.path, source.version, resolve(OPTIONS).ingest_hash, "done", "C", None, 1, ["B"], NOW, ["C"])
    return asdict(found) | {"left_crawls": None} | changes


def publication(**changes: Any) -> dict[str, Any]:
    values = {"kind": "replace", "run_id": "r", "documents_hash": "h", "documents": 1, "kept": 1, "published_at": NOW}
    versions = {"documents_version": 0, "corpus_version": 0}
    return {"recipe": "pets", "crawl": "C", "recipe_hash": recipe_hash(RECIPE), **values, **versions} | changes


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    file = tmp_path / "texts.jsonl"
    file.write_text('{"id": "1", "text": "a cat"}\n')
    made = Lake(tmp_path / "lake", inspect(Source(str(file), str(file))))
    made.write("ops/inputs", line(made.source))
    made.write("silver/documents", {"id": "1"})
    made.write("ops/publications", publication())
    return made


def test_a_file_that_is_read_and_published_is_done(lake: Lake) -> None:
    found = up_to_date(str(lake.root), RECIPE, [lake.source], OPTIONS)
    assert found is not None
    read, made = found
    assert (read.archives, read.already_done, read.crawls) == (1, 1, ["C"])
    assert (made.already_done, made.published) == (("C",), ())


def test_a_file_that_has_changed_is_not_done(lake: Lake) -> None:
    os.utime(lake.source.uri, (1, 1))
    assert not lake.done()


@pytest.mark.parametrize(
    "changes",
    [{"status": "failed"}, {"ingest_hash": "another"}, {"path": "another"}, {"left_crawls": ["B"]}, {"records": 0}],
    ids=str,
)
def test_a_line_that_says_otherwise_is_not_done(lake: Lake, changes: dict[str, Any]) -> None:
    status = {"status": "damaged"} if "records" in changes else {}
    lake.write("ops/inputs", line(lake.source, **changes, **status))
    assert not lake.done()


@pytest.mark.parametrize(
    "changes",
    [{"recipe": "other"}, {"crawl": "B"}, {"recipe_hash": "another"}, {"documents_version": None}],
    ids=str,
)
def test_a_publication_of_something_else_is_not_done(lake: Lake, changes: dict[str, Any]) -> None:
    lake.write("ops/publications", publication(**changes))
    assert not lake.done()


def test_documents_that_have_changed_since_are_not_done(lake: Lake) -> None:
    lake.write("silver/documents", {"id": "2"})
    assert not lake.done()


def test_without_a_lake_nothing_is_done_yet(lake: Lake, tmp_path: Path) -> None:
    assert up_to_date(str(tmp_path / "nothing"), RECIPE, [lake.source], OPTIONS) is None
    assert up_to_date("main.lake", RECIPE, [lake.source], OPTIONS) is None


def test_a_file_that_its_table_has_dropped_is_not_done(tmp_path: Path) -> None:
    table = tmp_path / "table"
    for name in ("a.parquet", "b.parquet"):
        pq.write_table(pa.table({"id": [name], "text": ["a cat"]}), tmp_path / name)
        table.mkdir(exist_ok=True)
        (tmp_path / name).rename(table / name)
    write_log(table, [protocol(), metadata(), add("a.parquet"), add("b.parquet")])
    sources = [inspect(source) for source in expand([str(table)])]
    made = Lake(tmp_path / "lake", sources[0])
    lines = [line(source) | {"extractor": resolve(OPTIONS).extractor_name} for source in sources]
    write_deltalake(made.root / "ops/inputs", pa.Table.from_pylist(lines))
    made.write("silver/documents", {"id": "1"})
    made.write("ops/publications", publication())
    assert up_to_date(str(made.root), RECIPE, sources, OPTIONS) is not None
    write_log(table, [protocol(), metadata(), add("a.parquet"), add("b.parquet")], [remove("b.parquet")])
    assert up_to_date(str(made.root), RECIPE, sources[:1], OPTIONS) is None
