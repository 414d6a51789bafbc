"""Reading a lake without Spark, also if some of its files are missing or broken."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import write_deltalake

from decantry.jobs.lake.without_spark import batches_of, may_have, rows_of, tables_of
from decantry.jobs.process.errors import InfrastructureError
from decantry.schemas.inputs import TABLE

LINE = {"path": "a.warc.gz", "crawl": "C", "status": "done"}


def lake_with_inputs(folder: Path) -> str:
    write_deltalake(folder / "ops" / "inputs", pa.Table.from_pylist([LINE]))
    return str(folder)


@pytest.mark.parametrize("name", ["lake", "my lake", "100%", "Korpus+öäü#x"])
def test_a_lake_may_have_any_folder_name(tmp_path: Path, name: str) -> None:
    lake = lake_with_inputs(tmp_path / "plain")
    (tmp_path / "plain").rename(tmp_path / name)
    lake = str(tmp_path / name)
    assert tables_of(lake) == [("ops/inputs", 0, 1)]


def test_columns_that_a_table_lacks_are_null(tmp_path: Path) -> None:
    (row,) = rows_of(lake_with_inputs(tmp_path), "ops/inputs")
    assert row == dict.fromkeys(TABLE.column_names) | LINE


def test_columns_that_a_table_lacks_are_null_in_batches(tmp_path: Path) -> None:
    columns = ["path", "records", "status as s", "skipped", "crawls", "coalesce(error, 'x') as e"]
    (batch,) = batches_of(lake_with_inputs(tmp_path), "ops/inputs", "records is null", columns)
    (row,) = batch.to_pylist()
    assert row == {"path": "a.warc.gz", "records": None, "s": "done", "skipped": None, "crawls": None, "e": "x"}
    assert (batch.schema.field("records").type, batch.schema.field("e").type) == (pa.int64(), pa.string())


def test_a_table_with_an_empty_log_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "ops" / "inputs" / "_delta_log").mkdir(parents=True)
    assert tables_of(str(tmp_path)) == []
    assert rows_of(str(tmp_path), "ops/inputs") == []


def test_a_table_with_a_broken_log_is_an_error_in_one_line(tmp_path: Path) -> None:
    lake = lake_with_inputs(tmp_path)
    (tmp_path / "ops/inputs/_delta_log/00000000000000000000.json").write_text("{}{")
    with pytest.raises(InfrastructureError, match=r"the table .*/ops/inputs is damaged: its newest commit, ") as caught:
        rows_of(lake, "ops/inputs")
    assert "\n" not in str(caught.value)


def test_a_table_with_missing_files_is_an_error_in_one_line(tmp_path: Path) -> None:
    lake = lake_with_inputs(tmp_path)
    for file in (tmp_path / "ops/inputs").glob("*.parquet"):
        file.unlink()
    with pytest.raises(InfrastructureError, match=r"the table .*/ops/inputs/? cannot be read: "):
        rows_of(lake, "ops/inputs")


def test_the_log_excludes_values_outside_the_bounds_of_every_file(tmp_path: Path) -> None:
    for paths in (["b", "d"], ["m"], ["x", "x"]):
        lines = [LINE | {"path": path} for path in paths]
        write_deltalake(tmp_path / "ops" / "inputs", pa.Table.from_pylist(lines), mode="append")
    lake = str(tmp_path)
    found = {value: may_have(lake, "ops/inputs", "path", [value]) for value in ("a", "b", "c", "d", "e", "m", "x", "y")}
    assert [value for value, may in found.items() if may] == ["b", "c", "d", "m", "x"]
    assert not may_have(lake, "ops/inputs", "path", ["a", "e", "z"])
    assert may_have(lake, "ops/inputs", "path", ["a", "m", "z"])
    assert not may_have(lake, "ops/none", "path", ["a"])


def test_a_table_without_bounds_may_have_every_value(tmp_path: Path) -> None:
    nothing = pa.table({"path": pa.array([None], pa.string()), "crawl": ["C"]})
    write_deltalake(tmp_path / "ops" / "inputs", nothing)
    assert may_have(str(tmp_path), "ops/inputs", "path", ["a"])
    assert may_have(str(tmp_path), "ops/inputs", "colour", ["a"])
