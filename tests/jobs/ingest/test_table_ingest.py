"""Delta tables as inputs: the newest rows count, whatever was read before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable, write_deltalake

from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestReport
from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import UserError
from decantry.jobs.upkeep.forget import forget

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

WORDS = "The harbour wall was built in three summers, and the masons who laid it left their marks. "


def write(table: Path, *rows: tuple[str, str, str]) -> None:
    """Add rows of `id, text, crawl` to a table that is partitioned by crawl."""
    about = [
        {"id": id_, "url": f"https://example.org/{id_}", "text": WORDS + text, "crawl": c} for id_, text, c in rows
    ]
    write_deltalake(str(table), pa.Table.from_pylist(about), mode="append", partition_by=["crawl"])


def read(spark: SparkSession, folder: Path, given: Path | str, run: str = "run") -> IngestReport:
    return ingest(Lake(spark, str(folder), run), [str(given)])


def documents(spark: SparkSession, folder: Path) -> list[tuple[Any, ...]]:
    found = Lake(spark, str(folder), "look").read("silver/documents").collect()
    return sorted((row["id"], row["text"].removeprefix(WORDS), row["crawl"]) for row in found)


def test_a_changed_table_is_read_in_its_newest_version(spark: SparkSession, tmp_path: Path) -> None:
    table, lake = tmp_path / "table", tmp_path / "lake"
    write(table, ("d0", "Old.", "A"), ("d1", "WITHDRAWN", "A"), ("d2", "Third.", "B"))
    read(spark, lake, table, "first")
    assert documents(spark, lake) == [("d0", "Old.", "A"), ("d1", "WITHDRAWN", "A"), ("d2", "Third.", "B")]

    DeltaTable(str(table)).delete("id = 'd1'")
    DeltaTable(str(table)).update(predicate="id = 'd0'", updates={"text": f"'{WORDS}Corrected.'"})
    report = read(spark, lake, table, "second")
    assert documents(spark, lake) == [("d0", "Corrected.", "A"), ("d2", "Third.", "B")]
    assert (report.documents, report.rejects, report.already_done) == (1, 0, 1)

    DeltaTable(str(table)).delete("crawl = 'A'")
    report = read(spark, lake, f"{table}/crawl=B", "third")
    assert documents(spark, lake) == [("d2", "Third.", "B")]
    assert (report.archives, report.already_done, list(report.left)) == (1, 1, ["A"])
    inputs = Lake(spark, str(lake), "look").read("ops/inputs").groupBy("status").count().collect()
    assert {row["status"]: row["count"] for row in inputs} == {"done": 1, "empty": 2}
    version = Lake(spark, str(lake), "look").version("silver/documents")
    read(spark, lake, table, "fourth")
    assert Lake(spark, str(lake), "look").version("silver/documents") == version


@pytest.mark.slow  # two lakes and a forget
def test_pages_that_one_lake_forgot_do_not_return_in_another(spark: SparkSession, tmp_path: Path) -> None:
    table, first, second = tmp_path / "table", tmp_path / "first", tmp_path / "second"
    write(table, ("d0", "Kept.", "A"), ("d1", "WITHDRAWN", "B"))
    read(spark, first, table)
    forget(Lake(spark, str(first), "take-down"), [("id", "d1")])
    read(spark, second, first / "silver" / "documents")
    assert documents(spark, second) == [("d0", "Kept.", "A")]


HOSTS = {
    "sharp": ("https://maß.example/page", "xn--ma-hia.example"),
    "double": ("https://mass.example/page", "mass.example"),
    "puny": ("https://xn--ma-hia.example/page", "xn--ma-hia.example"),
    "percent": ("https://ma%C3%9F.example/page", "xn--ma-hia.example"),
    "below": ("https://www.mass.example/page", "www.mass.example"),
    "broken": ("https://a\u200db.mass.example/page", None),
}


@pytest.mark.slow  # a forget
@pytest.mark.parametrize(
    ("domain", "taken"),
    [("mass.example", {"double", "below", "broken"}), ("MAẞ.example", {"sharp", "puny", "percent"})],
)
def test_similar_domains_of_different_owners_are_forgotten_separately(
    spark: SparkSession, tmp_path: Path, domain: str, taken: set[str]
) -> None:
    folder = tmp_path / "lake"
    rows = [{"id": id_, "url": url, "text": f"{WORDS}{id_}"} for id_, (url, _) in HOSTS.items()]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "hosts.parquet")
    read(spark, folder, tmp_path / "hosts.parquet")
    lake = Lake(spark, str(folder), "take-down")
    hosts = {row["id"]: row["host"] for row in lake.read("silver/documents").collect()}
    assert hosts == {id_: host for id_, (_, host) in HOSTS.items()}
    forget(lake, [("domain", domain)])
    assert {id_ for id_, *_ in documents(spark, folder)} == HOSTS.keys() - taken


def test_hosts_from_an_earlier_version_are_computed_again(spark: SparkSession) -> None:
    from decantry.jobs.lake.forgotten import ids_of, stored

    rows = spark.createDataFrame(
        [
            ("sharp", "https://maß.example/", "mass.example"),
            ("bare", "maß.example/x", "mass.example"),
            ("double", "https://mass.example/ß", "mass.example"),
            ("none", "https://mass.example/", None),
            ("upper", "https://x.MASS.example/?ß", "x.mass.example"),
        ],
        "id string, url string, host string",
    )

    def meant(domain: str) -> set[str]:
        keys = spark.createDataFrame([(f"domain:{stored('domain', domain)}",)], "key string")
        return {row["id"] for row in ids_of(rows, keys).collect()}

    assert meant("mass.example") == {"double", "none", "upper"}
    assert meant("maß.example") == {"sharp"}


def test_a_file_that_its_table_dropped_is_found_before_spark_starts(tmp_path: Path) -> None:
    from decantry.jobs.sources.expand import expand

    write(tmp_path, ("d0", "Old.", "A"))
    old = next(tmp_path.rglob("*.parquet"))
    DeltaTable(str(tmp_path)).delete()
    with pytest.raises(UserError, match="has no files for the input"):
        expand([str(tmp_path)])
    with pytest.raises(UserError, match="is no file of version 1"):
        expand([str(old)])


def test_a_lake_does_not_read_its_own_tables(spark: SparkSession, tmp_path: Path) -> None:
    table, lake = tmp_path / "table", tmp_path / "lake"
    write(table, ("d0", "Old.", "A"))
    read(spark, lake, table)
    (tmp_path / "link").symlink_to(lake)
    for given in (f"{lake}/silver/documents", f"{tmp_path}/link/silver/documents", f"{lake}/silver/**/*.parquet"):
        with pytest.raises(UserError, match=r"is a table of the lake .* itself: name another --lake"):
            read(spark, lake, given)
    assert read(spark, tmp_path / "other", f"{lake}/silver/documents").documents == 1
