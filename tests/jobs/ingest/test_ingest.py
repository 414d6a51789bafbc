"""Archives become documents, rejects and counts."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.ingest import plan as planning
from decantry.jobs.ingest.options import IngestReport
from decantry.jobs.lake.lake import Lake
from decantry.schemas.reject_reasons import REASONS
from tests.jobs.stores import store
from tests.warc_files import gz, http, identity, page, record, response, warcinfo, write

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
from tests.jobs.ingest.ingested import WORDS, conserved, read, rows

STABLE = [
    *("id", "url", "host", "domain", "crawl", "fetched_at", "warc_path", "warc_offset", "warc_length", "http_status"),
    *("content_type", "charset", "decode_errors", "truncated", "digest_ok", "text", "extractor", "language"),
    *("language_script", "language_score"),
]


def versions(spark: SparkSession, folder: Path) -> dict[str, int | None]:
    lake = Lake(spark, str(folder), "look")
    return {name: lake.version(name) for name in ("silver/documents", "silver/rejects", "ops/inputs", "bronze/pages")}


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two archives: pages, a redirect, an image, a repeated page, an unreadable page, and damage."""
    folder = tmp_path_factory.mktemp("archives")
    write(
        folder / "a.warc.gz",
        warcinfo("TEST-2026-01"),
        page("one", WORDS.format(1)),
        record("request", b"GET / HTTP/1.1\r\n\r\n", "one"),
        page("two", WORDS.format(2)),
        response("moved", http("", "301 Moved", Location="/")),
        response("picture", http(b"\x89PNG\r\n", content_type="image/png")),
        response("broken", b"no status line"),
        response("silent", http("<html><body></body></html>")),
    )
    whole = gz(warcinfo("TEST-2026-01"), page("three", WORDS.format(3)), page("one", WORDS.format(9)))
    (folder / "b.warc.gz").write_bytes(whole + b"garbage" + gz(page("four", WORDS.format(4))))
    return folder


@pytest.fixture(scope="module")
def ingested(
    spark: SparkSession, archives: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, IngestReport]:
    """A lake with the archives, which nobody changes, and what the run reported."""
    lake = tmp_path_factory.mktemp("lakes") / "lake"
    return lake, read(spark, lake, archives / "a.warc.gz", archives / "b.warc.gz")


def test_an_archive_becomes_documents_rejects_and_counts(
    spark: SparkSession, tmp_path: Path, archives: Path, ingested: tuple[Path, IngestReport]
) -> None:
    report = ingested[1]
    shutil.copytree(ingested[0], tmp_path / "lake")
    assert (report.archives, report.documents, report.rejects, report.damaged) == (2, 5, 2, 1)
    assert report.crawls == ["TEST-2026-01"]
    lake = Lake(spark, str(tmp_path / "lake"), "look")
    assert dict(rows(tmp_path / "lake", "silver/documents", ["id", "text"])) == {
        identity(f"response:{n}"): WORDS.format(i) for i, n in enumerate(("one", "two", "three", "four"), 1)
    } | {identity("response:silent"): ""}
    found = rows(tmp_path / "lake", "silver/rejects", ["warc_path", "stage", "reason", "id", "detail"])
    assert [row[1:4] for row in found] == [
        ("http", "malformed_http", identity("response:broken")),
        ("archive", "bad_record", None),
        ("decode", "duplicate_id", identity("response:one")),
    ]
    assert f"the first is at {archives}/a.warc.gz" in found[2][4]
    assert all(reason in REASONS[stage] for _, stage, reason, _, _ in found)
    inputs = {Path(row["path"]).name: row for row in lake.rows("ops/inputs")}
    assert dict(inputs["a.warc.gz"]["skipped"]) == {"warcinfo": 1, "request": 1, "status_301": 1, "not_html": 1}
    assert (inputs["a.warc.gz"]["status"], inputs["b.warc.gz"]["status"]) == ("done", "damaged")
    conserved(tmp_path / "lake")

    before = versions(spark, tmp_path / "lake")
    again = read(spark, tmp_path / "lake", archives, run="run-2")
    assert (again.already_done, again.documents, again.crawls) == (2, 0, ["TEST-2026-01"])
    assert versions(spark, tmp_path / "lake") == before

    fresh = read(spark, tmp_path / "lake", archives, run="run-3", crawl="RENAMED")
    assert (fresh.already_done, fresh.documents) == (0, 5)
    assert rows(tmp_path / "lake", "silver/documents", ["crawl", "run_id"]) == [("RENAMED", "run-3")] * 5
    conserved(tmp_path / "lake")


def test_rows_do_not_depend_on_order_parts_or_batches(
    spark: SparkSession,
    tmp_path: Path,
    archives: Path,
    ingested: tuple[Path, IngestReport],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(planning, "SMALLEST_PART", 150)
    read(spark, tmp_path / "second", archives / "b.warc.gz", archives / "a.warc.gz", batch_archives=1)
    for table, columns in (
        ("silver/documents", STABLE),
        ("silver/rejects", ["crawl", "warc_path", "warc_offset", "length", "id", "url", "stage", "reason", "detail"]),
        ("ops/inputs", ["path", "crawl", "status", "records", "documents", "rejects", "error"]),
    ):
        assert rows(ingested[0], table, columns) == rows(tmp_path / "second", table, columns)


def test_a_wet_file_is_recognised_by_its_content(spark: SparkSession, tmp_path: Path) -> None:
    text = "Eine Seite, als Text gespeichert.\nMit zwei Zeilen."
    write(tmp_path / "wet.warc.gz", warcinfo(), record("conversion", text.encode(), "wet", Content_Type="text/plain"))
    assert read(spark, tmp_path / "lake", tmp_path / "wet.warc.gz", format="warc").documents == 1
    assert rows(tmp_path / "lake", "silver/documents", ["text", "extractor"]) == [(text, "wet")]


def test_texts_and_pages_agree(spark: SparkSession, tmp_path: Path, ingested: tuple[Path, IngestReport]) -> None:
    pages = ingested[0]
    columns = ["id", "url", "host", "domain", "fetched_at", "text", "language", "language_script", "language_score"]
    lines = [
        json.dumps({"id": id_, "url": url, "text": text, "date": fetched_at.isoformat()})
        for id_, url, text, fetched_at in rows(pages, "silver/documents", ["id", "url", "text", "fetched_at"])
    ]
    (tmp_path / "texts.jsonl").write_text("\n".join(lines))
    read(spark, tmp_path / "texts", tmp_path / "texts.jsonl")
    assert rows(tmp_path / "texts", "silver/documents", columns) == rows(pages, "silver/documents", columns)


def test_a_list_of_common_crawl_paths_over_http(spark: SparkSession, tmp_path: Path) -> None:
    path = "crawl-data/CC-MAIN-2024-22/segments/1/warc/CC-MAIN-1-00000.warc.gz"
    with store() as server:
        server.files["/" + path] = gz(warcinfo(), page("one", WORDS), page("two", WORDS))
        server.files["/crawl-data/CC-MAIN-2024-22/warc.paths.gz"] = gzip.compress(f"{path}\n{path}-gone\n".encode())
        listed = f"{server.address}/crawl-data/CC-MAIN-2024-22/warc.paths.gz"
        report = read(spark, tmp_path / "lake", listed)
        assert (report.documents, report.failed, report.crawls) == (2, 1, ["CC-MAIN-2024-22"])
        assert read(spark, tmp_path / "lake", listed, limit=1).already_done == 1
    found = rows(tmp_path / "lake", "ops/inputs", ["path", "source", "status", "version"])
    assert found == [
        (path, f"{server.address}/{path}", "done", '"1"'),
        (f"{path}-gone", f"{server.address}/{path}-gone", "failed", None),
    ]


@pytest.mark.slow  # real archives
def test_real_archives_keep_the_invariants(spark: SparkSession, tmp_path: Path, shared_data: Path) -> None:
    lake = tmp_path / "lake"
    report = read(spark, lake, shared_data / "faults", shared_data / "commoncrawl")
    assert report.failed == 0 and report.documents > 120
    conserved(lake)
    keys = rows(lake, "silver/documents", ["id"])
    assert len(keys) == len(set(keys))
    before = versions(spark, lake)
    assert read(spark, lake, shared_data / "commoncrawl", shared_data / "faults").already_done == report.archives
    assert versions(spark, lake) == before


@pytest.mark.slow  # real pages, read twice
def test_real_pages_are_the_same_when_their_archive_is_split(
    spark: SparkSession, tmp_path: Path, shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = shared_data / "warc" / "languages-00000.warc.gz"
    monkeypatch.setattr(planning, "SMALLEST_PART", 1 << 20)
    assert len(planning.plan([planning.Source(str(archive), "a", archive.stat().st_size)], 2)) > 2
    read(spark, tmp_path / "cut", archive)
    monkeypatch.setattr(planning, "SMALLEST_PART", 1 << 40)
    read(spark, tmp_path / "whole", archive)
    cut, whole = (rows(tmp_path / name, "silver/documents", STABLE) for name in ("cut", "whole"))
    assert len(cut) == 931
    assert cut == whole
