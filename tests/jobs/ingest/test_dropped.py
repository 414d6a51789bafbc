"""Files that left their Delta table after they were read."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.ingest.dropped import dropped, emptied
from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.expand import expand
from tests.jobs.delta_folders import add, metadata, protocol, remove, write_log
from tests.jobs.sources.test_folders import files


def test_files_of_older_versions_are_dropped_and_files_of_other_folders_are_kept(tmp_path: Path) -> None:
    table = tmp_path / "table"
    files(tmp_path, "table/a.parquet", "table/b.parquet", "table/c.parquet", "table-2/a.parquet", "loose.parquet")
    write_log(
        table, [protocol(), metadata(), add("a.parquet"), add("b.parquet")], [remove("a.parquet"), add("c.parquet")]
    )
    before = [
        f"{tmp_path}/{name}" for name in ("table/a.parquet", "table/b.parquet", "table-2/a.parquet", "loose.parquet")
    ]
    assert dropped(expand([str(table)]), before) == [f"{table}/a.parquet"]
    assert dropped(expand([str(tmp_path)]), before) == [f"{table}/a.parquet"]
    assert dropped(expand([str(table)], limit=1), before) == [f"{table}/a.parquet"]
    assert dropped(expand([f"{tmp_path}/loose.parquet"]), before) == []


def test_an_unreadable_table_drops_no_file(tmp_path: Path) -> None:
    files(tmp_path, "a.parquet")
    write_log(tmp_path, [protocol(), metadata(), add("a.parquet")])
    sources = expand([str(tmp_path)])
    (tmp_path / "_delta_log" / f"{0:020}.json").unlink()
    with pytest.raises(UserError, match="without a version"):
        dropped(sources, [f"{tmp_path}/b.parquet"])


def test_a_dropped_file_is_empty_and_leaves_its_crawl() -> None:
    outcome = emptied("/data/t/a.parquet", "A")
    outcome.leave(["A", "B"])
    assert (outcome.status, outcome.documents, outcome.crawls, outcome.left) == ("empty", 0, [], ["A", "B"])
