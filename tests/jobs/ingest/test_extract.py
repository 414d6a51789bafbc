from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.ingest import extract as extracting
from decantry.jobs.ingest.extract import extract
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions
from decantry.jobs.ingest.retrieve import retrieve
from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.udfs.archive.candidates import Page, Rejected
from tests.faults.commit_points import Killed, Points, watched
from tests.jobs.stores import store
from tests.warc_files import gz, identity, page, warcinfo, write

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["watched"]

WORDS = "Bread rises because yeast breathes, and the longer it stands the more it tastes of itself, says baker {}."
NAMES = ("one", "two", "three")
PAGES = [page(name, WORDS.format(name)) for name in NAMES]


@pytest.mark.parametrize("keep_html", [True, False], ids=["from bronze", "from the archives"])
def test_another_extractor_adds_its_texts(spark: SparkSession, tmp_path: Path, keep_html: bool) -> None:
    write(tmp_path / "a.warc.gz", warcinfo("TEST-1"), *PAGES)
    lake = Lake(spark, str(tmp_path / "lake"), "run-1")
    ingest(lake, [str(tmp_path / "a.warc.gz")], IngestOptions(keep_html=keep_html))
    assert lake.exists("bronze/pages") is keep_html
    if keep_html:
        (tmp_path / "a.warc.gz").unlink()
    report = extract(lake, "trafilatura")
    assert (report.documents, report.rejects, report.already_done) == (3, 0, 0)
    both: dict[str, list[dict[str, object]]] = {}
    for row in lake.read("silver/documents").collect():
        both.setdefault(row["id"], []).append(row.asDict())
    assert set(both) == {identity(f"response:{name}") for name in NAMES}
    for name in NAMES:
        old, new = sorted(both[identity(f"response:{name}")], key=lambda row: str(row["extractor"]))
        assert str(new["extractor"]).startswith("trafilatura-")
        assert old["text"] == new["text"] == WORDS.format(name)
        made = {"text", "extractor", "language", "language_score", "language_script", "run_id"}
        assert {k: v for k, v in old.items() if k not in made} == {k: v for k, v in new.items() if k not in made}
    version = lake.version("silver/documents")
    again = extract(lake, "trafilatura")
    assert (again.documents, again.already_done) == (0, 3)
    assert lake.version("silver/documents") == version


@pytest.mark.slow  # three batches, and a kill
def test_an_extraction_that_dies_continues_after_its_last_batch(
    spark: SparkSession, tmp_path: Path, watched: Points, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extracting, "BATCH_ARCHIVES", 1)
    for name, made in zip(NAMES, PAGES, strict=True):
        write(tmp_path / "web" / f"{name}.warc.gz", warcinfo("TEST-1"), made)
    lake = Lake(spark, str(tmp_path / "lake"), "run-1")
    ingest(lake, [str(tmp_path / "web")])
    watched.killed_at = ("after", "silver/documents")
    with pytest.raises(Killed):
        extract(lake, "trafilatura")
    watched.killed_at = None
    report = extract(Lake(spark, lake.uri, "run-2"), "trafilatura")
    assert (report.documents, report.rejects, report.already_done) == (2, 0, 1)
    assert lake.read("silver/documents").groupBy("id").count().where("count <> 2").isEmpty()


@pytest.mark.slow  # an ingest and two extractions
def test_an_archive_that_cannot_be_read_now_is_a_failure_and_not_a_reject(spark: SparkSession, tmp_path: Path) -> None:
    write(tmp_path / "a.warc.gz", warcinfo("TEST-1"), *PAGES)
    lake = Lake(spark, str(tmp_path / "lake"), "run-1")
    ingest(lake, [str(tmp_path / "a.warc.gz")], IngestOptions())
    (tmp_path / "a.warc.gz").rename(tmp_path / "away")
    with pytest.raises(InfrastructureError, match=r"3 of 3 pages could not be read again \(.*a\.warc\.gz.*\)"):
        extract(lake, "trafilatura")
    assert lake.read("silver/rejects").count() == 0
    (tmp_path / "away").rename(tmp_path / "a.warc.gz")
    assert extract(lake, "trafilatura").documents == 3
    with pytest.raises(UserError, match=r"the crawl NONE of the lake .* has no pages"):
        extract(lake, "trafilatura", crawl="NONE")


def test_a_record_is_found_at_the_location_of_its_document(tmp_path: Path) -> None:
    place = {
        "id": identity("response:two"),
        "url": None,
        "warc_offset": len(gz(PAGES[0])),
        "warc_length": len(gz(PAGES[1])),
    }
    archive = write(tmp_path / "a.warc.gz", *PAGES)
    found = retrieve({**place, "warc_path": str(archive)})
    assert isinstance(found, Page)
    assert WORDS.format("two").encode() in found.html
    for wrong in ({"id": identity("response:three")}, {"warc_offset": 0}):
        gone = retrieve({**place, "warc_path": str(archive), **wrong})
        assert isinstance(gone, Rejected) and gone.reason == "not_found"
    (tmp_path / "whole.warc.gz").write_bytes(gzip.compress(b"".join(PAGES)))
    shared = {**place, "warc_path": str(tmp_path / "whole.warc.gz"), "warc_offset": 1, "warc_length": None}
    assert isinstance(retrieve(shared), Page)


def test_a_record_of_common_crawl_is_read_with_one_range_request(monkeypatch: pytest.MonkeyPatch) -> None:
    path = "crawl-data/CC-MAIN-2024-22/segments/1/warc/x.warc.gz"
    start, length = len(gz(PAGES[0])), len(gz(PAGES[1]))
    with store() as server:
        monkeypatch.setenv("DECANTRY_COMMONCRAWL", server.address)
        server.files["/" + path] = gz(*PAGES)
        row = {
            "id": identity("response:two"),
            "url": None,
            "warc_path": path,
            "warc_offset": start,
            "warc_length": length,
        }
        assert isinstance(retrieve(row), Page)
        assert {span for _, _, span in server.asked} == {f"bytes={start}-{start + length - 1}"}
