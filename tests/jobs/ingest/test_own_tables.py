"""Which Delta tables are the lake's own, by their folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.ingest.own_tables import require_other_tables
from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.source import Source


def source(table: str) -> Source:
    return Source(f"{table}/a.parquet", f"{table}/a.parquet", table=table)


@pytest.mark.parametrize(
    "name", ["silver/documents", "bronze/pages/", "ops/inputs", "gold/fineweb", "_staging/r/ingest"]
)
def test_a_table_that_the_lake_writes_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "lake")
    for root in (f"{tmp_path}/lake", f"file://{tmp_path}/lake/", f"{tmp_path}/link"):
        with pytest.raises(UserError, match=f"^the input {tmp_path}/lake/{name} is a table of the lake {root} itself"):
            require_other_tables(root, [source(f"{tmp_path}/lake/landing"), source(f"{tmp_path}/lake/{name}")])
    with pytest.raises(UserError, match="is a table of the lake"):
        require_other_tables("s3a://bucket/lake", [source(f"s3://bucket/lake/{name}")])


@pytest.mark.parametrize(
    "name", ["landing/pages", "silver/mine", "silver/documents_of_others", "golden/a", "documents"]
)
def test_a_table_of_the_user_below_the_lake_is_read(tmp_path: Path, name: str) -> None:
    require_other_tables(str(tmp_path), [source(f"{tmp_path}/{name}")])
    require_other_tables("s3a://bucket/lake", [source(f"s3://bucket/lake/{name}")])


def test_a_table_of_another_lake_is_read(tmp_path: Path) -> None:
    require_other_tables(f"{tmp_path}/lake", [source(f"{tmp_path}/other/silver/documents"), Source("a", "a")])
