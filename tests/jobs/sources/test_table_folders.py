"""Tables as inputs: only the newest version of a Delta table is read; Iceberg and Hudi are refused."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable, write_deltalake

from decantry.jobs.ingest import row_groups
from decantry.jobs.ingest.plan import Part
from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.tables import Tables
from tests.jobs.delta_folders import add, first_row_deleted, metadata, protocol, remove, write_log
from tests.jobs.sources.test_folders import files, names_of

DELETED = add("a.parquet", deletionVector=first_row_deleted(), stats='{"numRecords": 2}')
PURGED = "deletion vectors, which are not read here: run REORG TABLE"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of two versions: the second has one file in place of the first's two."""
    folder = tmp_path / "table"
    files(folder, "a.parquet", "b.parquet", "c.parquet", "uncommitted.parquet", "_temporary/0/d.parquet")
    first = [protocol(), metadata(), add("a.parquet"), add("b.parquet")]
    write_log(folder, first, [remove("a.parquet"), remove("b.parquet"), add("c.parquet")])
    return folder


@pytest.mark.parametrize("given", ["table", "table/", "", "table/*.parquet", "*/*.parquet", "**/*.parquet", "table/**"])
def test_a_table_is_read_at_its_newest_version(table: Path, given: str) -> None:
    told: list[str] = []
    assert names_of(table, f"{table.parent}/{given}", told) == ["c.parquet"]
    assert told[0].startswith(f"{table}/ is a Delta table: read at its version 1; passed over ")


def test_files_outside_the_version_are_counted(table: Path) -> None:
    told: list[str] = []
    names_of(table, str(table), told)
    assert told == [
        f"{table}/ is a Delta table: read at its version 1; passed over 4 files that this version does not have"
    ]


def test_one_file_of_a_table_is_read_while_it_is_the_tables(table: Path, tmp_path: Path) -> None:
    assert names_of(table, f"{table}/c.parquet") == ["c.parquet"]
    (tmp_path / "old.paths").write_text("table/a.parquet\n")
    for given in (f"{table}/a.parquet", f"{table}/_temporary/0/d.parquet", f"{tmp_path}/old.paths"):
        with pytest.raises(
            UserError, match=r"is no file of version 1 of the Delta table .*/table/, .*: name the table"
        ):
            expand([given])


def test_a_table_below_a_folder_among_other_files(table: Path) -> None:
    files(table.parent, "loose.parquet", "crawl/x.warc.gz", "_old/_delta_log/00000000000000000000.json")
    assert names_of(table.parent, str(table.parent)) == ["crawl/x.warc.gz", "loose.parquet", "table/c.parquet"]


def test_a_hidden_table_is_passed_over_unless_it_is_named(table: Path) -> None:
    hidden = table.parent / "_hidden"
    table.rename(hidden)
    files(table.parent, "loose.parquet")
    told: list[str] = []
    assert names_of(table.parent, str(table.parent), told) == ["loose.parquet"]
    assert len(told) == 1 and told[0].endswith(", or end like .tmp (_hidden 5)")
    assert names_of(hidden, str(hidden)) == ["c.parquet"]


def test_a_file_that_the_log_has_and_the_folder_has_not_is_missed(table: Path) -> None:
    (table / "c.parquet").unlink()
    assert names_of(table, str(table)) == ["c.parquet"]


def test_a_symbolic_link_hides_no_table(table: Path, tmp_path: Path) -> None:
    files(table, "day=1/old.parquet", "day=1/new.parquet")
    (table / "_delta_log" / f"{2:020}.json").write_text(json.dumps(add("day=1/new.parquet")) + "\n")
    (tmp_path / "link").symlink_to(table)
    (tmp_path / "day").symlink_to(table / "day=1")
    named = {"link": ["c.parquet", "day=1/new.parquet"], "link/*": ["c.parquet"], "link/c.parquet": ["c.parquet"]}
    for given, found in named.items():
        sources = expand([f"{tmp_path}/{given}"])
        assert [(source.path, source.table) for source in sources] == [
            (f"{tmp_path}/link/{name}", f"{tmp_path}/link/") for name in found
        ]
    assert [source.path for source in expand([f"{tmp_path}/day"])] == [f"{tmp_path}/day/new.parquet"]
    assert [source.path for source in expand([f"{tmp_path}/day/*.parquet"])] == [f"{tmp_path}/day/new.parquet"]


def test_a_link_to_one_file_hides_no_table(table: Path, tmp_path: Path) -> None:
    files(tmp_path, "picked/x.jsonl")
    for name in ("a", "c"):
        (tmp_path / f"picked/{name}.parquet").symlink_to(table / f"{name}.parquet")
    told: list[str] = []
    assert names_of(tmp_path, f"{tmp_path}/picked", told) == ["picked/c.parquet", "picked/x.jsonl"]
    assert told == [
        f"{table}/ is a Delta table: read at its version 1; passed over 1 file that this version does not have"
    ]
    assert names_of(tmp_path, f"{tmp_path}/picked/*.parquet") == ["picked/c.parquet"]
    with pytest.raises(UserError, match="is no file of version 1 of the Delta table"):
        expand([f"{tmp_path}/picked/a.parquet"])


def test_the_table_of_a_linked_file_is_that_of_its_target(table: Path, tmp_path: Path) -> None:
    (tmp_path / "taken/x").mkdir(parents=True)  # as long as the name of the table
    (tmp_path / "taken/x/c.parquet").symlink_to(table / "c.parquet")
    for given in ("taken/x", "taken/x/c.parquet"):
        assert [source.table for source in expand([f"{tmp_path}/{given}"])] == [f"{table}/"]


def test_files_of_a_table_may_be_links_to_another_disk(table: Path, tmp_path: Path) -> None:
    files(tmp_path, "disk/c.parquet")
    (table / "c.parquet").unlink()
    (table / "c.parquet").symlink_to(tmp_path / "disk/c.parquet")
    assert names_of(table, str(table)) == ["c.parquet"]


def test_a_table_that_is_empty_now(table: Path) -> None:
    (table / "_delta_log" / f"{2:020}.json").write_text('{"remove": {"path": "c.parquet", "dataChange": true}}')
    with pytest.raises(UserError, match=r"table/ is a Delta table that has no files for the input"):
        expand([str(table)])


def test_values_of_a_partition_are_columns_of_its_rows(tmp_path: Path) -> None:
    crawls = ["CC-MAIN-2024-22", "a b#?%/ü", None]
    rows = {"id": ["1", "2", "3"], "text": ["x", "y", "z"], "crawl": crawls, "year": [2024] * 3}
    write_deltalake(str(tmp_path / "t"), pa.table(rows), partition_by=["crawl", "year"])
    found = expand([str(tmp_path / "t")])
    assert all(Path(source.uri).is_file() for source in found) and len(found) == 3
    read = [row for source in found for _, row in row_groups.rows(Part(source), lambda schema: ["id", "text"])]
    assert sorted((row["id"], row["crawl"], row["dump"], row["year"]) for row in read) == [
        ("1", crawls[0], crawls[0], 2024),
        ("2", crawls[1], crawls[1], 2024),
        ("3", None, None, 2024),
    ]
    one = next(source for source in found if ("crawl", crawls[1]) in source.columns)
    folder = str(Path(one.uri).parent)
    assert [source.uri for source in expand([folder])] == [one.uri] == [source.uri for source in expand([one.uri])]


def test_rows_that_were_deleted_stay_deleted_whoever_wrote_the_table(tmp_path: Path) -> None:
    folder = str(tmp_path / "t")
    write_deltalake(folder, pa.table({"id": ["d0", "d1"], "text": ["kept", "WITHDRAWN"]}))
    DeltaTable(folder).delete("id = 'd1'")
    DeltaTable(folder).create_checkpoint()
    DeltaTable(folder).optimize.compact()
    texts = [text for source in expand([folder]) for text in pq.read_table(source.uri)["text"].to_pylist()]
    assert texts == ["kept"]


@pytest.mark.parametrize(
    ("actions", "line"),
    [
        (
            [protocol(3, 7, ["deletionVectors"]), metadata(), DELETED],
            PURGED,
        ),
        ([protocol(2, 5), metadata(mapped=True, **{"delta.columnMapping.mode": "name"})], "with column mapping, which"),
        ([protocol(3, 7, ["fromTheFuture"]), metadata(), add("a.parquet")], "is a Delta table that cannot be read: "),
        ([protocol(3, 7, ["catalogManaged"]), metadata(), add("a.parquet")], "is a Delta table that cannot be read: "),
        ([protocol(), metadata(), add("file:///etc/a.parquet")], "files that are not in its folder, as a clone has"),
        ([protocol(), metadata(), add("s3://b/a.parquet")], "files that are not in its folder"),
        ([protocol(), metadata(), add("/etc/a.parquet")], "files that are not in its folder"),
        ([protocol(), metadata(), add("../a.parquet")], "files that are not in its folder"),
        ([protocol(), metadata(), add("%2E%2E/a.parquet")], "files that are not in its folder"),
        ([], "is a Delta table that cannot be read: "),
    ],
)
def test_tables_that_cannot_be_read_rightly_are_refused_by_name(tmp_path: Path, actions: list[Any], line: str) -> None:
    files(tmp_path, "a.parquet")
    write_log(tmp_path, actions)
    with pytest.raises(UserError, match=line) as caught:
        expand([str(tmp_path)])
    assert str(caught.value).startswith(f"{tmp_path}/ ") and "\n" not in str(caught.value)


def test_features_without_a_consequence_are_read(tmp_path: Path) -> None:
    files(tmp_path, "a.parquet")
    write_log(
        tmp_path, [protocol(3, 7, ["deletionVectors", "timestampNtz", "v2Checkpoint"]), metadata(), add("a.parquet")]
    )
    assert names_of(tmp_path, str(tmp_path)) == ["a.parquet"]


def test_a_log_without_a_version_is_of_a_job_that_failed(tmp_path: Path) -> None:
    files(tmp_path, "a.parquet")
    (tmp_path / "_delta_log").mkdir()
    with pytest.raises(UserError, match="has a _delta_log without a version of the table"):
        expand([str(tmp_path)])


ICEBERG = "metadata/00001-0a1b2c3d-0000-4000-8000-00000000abcd.metadata.json"


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        (ICEBERG, "an Iceberg"),
        ("metadata/v3.metadata.json", "an Iceberg"),
        ("metadata/v3.gz.metadata.json", "an Iceberg"),
        ("metadata/version-hint.text", "an Iceberg"),
        ("metadata/snap-2051640294-1-0a1b2c3d.avro", "an Iceberg"),  # a copy without the newest metadata
        ("snapshot/snapshot-12", "a Paimon"),
        (".hoodie/hoodie.properties", "a Hudi"),
    ],
)
@pytest.mark.parametrize("given", ["", "t", "t/data", "t/data/a.parquet", "t/**/*.parquet", "*/data/*"])
def test_tables_of_other_kinds_are_refused_by_name(tmp_path: Path, mark: str, kind: str, given: str) -> None:
    files(tmp_path / "t", mark, "data/a.parquet", "schema/schema-0")
    with pytest.raises(UserError, match=rf"t/ is {kind} table, which is not read here"):
        expand([f"{tmp_path}/{given}"])


def test_a_delta_table_that_iceberg_reads_too_is_a_delta_table(tmp_path: Path) -> None:
    files(tmp_path, ICEBERG, "a.parquet", "b.parquet", "notes.jsonl")
    write_log(tmp_path, [protocol(), metadata(), add("a.parquet")])
    assert names_of(tmp_path, str(tmp_path)) == ["a.parquet"]


def test_folders_called_snapshot_make_no_table(tmp_path: Path) -> None:
    files(
        tmp_path,
        "snapshot/snapshot-20240101/x.jsonl",
        "p/snapshot/snapshot-1",
        "p/x.jsonl",
        "q/schema/schema-0/x.jsonl",
    )
    files(tmp_path, "q/snapshot/snapshot-1/x.jsonl")
    assert names_of(tmp_path, str(tmp_path)) == [
        "p/x.jsonl",
        "q/schema/schema-0/x.jsonl",
        "q/snapshot/snapshot-1/x.jsonl",
        "snapshot/snapshot-20240101/x.jsonl",
    ]
    tables = Tables()
    tables.know("s3://b/", ["s3://b/p/snapshot/snapshot-1", "s3://b/q/snapshot/snapshot-1", "s3://b/q/schema/schema-0"])
    assert [tables.over(f"s3://b/{folder}/") for folder in "pq"] == [None, ("s3://b/q/", "Paimon")]


def test_a_folder_called_metadata_makes_no_table(tmp_path: Path) -> None:
    files(tmp_path, "metadata/about.metadata.json", "metadata/notes.json", "data/a.parquet")
    assert os.path.join("data", "a.parquet") in names_of(tmp_path, str(tmp_path))  # noqa: PTH118
