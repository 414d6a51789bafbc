"""Delta tables in folders whose names the library that reads their logs does not find."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.expand import expand
from tests.jobs.delta_folders import add, metadata, protocol, remove, write_log
from tests.jobs.sources.test_folders import files, names_of
from tests.jobs.sources.test_table_folders import DELETED, PURGED


@pytest.mark.parametrize("name", ["a%20b", "e%2Fb", "50%", "back\\slash", "a b#?"])
def test_a_table_in_a_folder_of_an_odd_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    files(folder, "a.parquet", "b.parquet")
    write_log(folder, [protocol(), metadata(), add("a.parquet")], [remove("a.parquet"), add("b.parquet")])
    assert names_of(folder, str(folder)) == names_of(folder, f"{folder}/*.parquet") == ["b.parquet"]
    with pytest.raises(UserError, match="is no file of version 1 of the Delta table"):
        expand([f"{folder}/a.parquet"])
    write_log(folder, [protocol(3, 7, ["deletionVectors"]), metadata()], [DELETED])
    with pytest.raises(UserError, match=PURGED):
        expand([str(folder)])
