from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from decantry.jobs.ingest import ids
from decantry.jobs.ingest import plan as planning
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions, IngestReport
from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import UserError
from decantry.schemas.reject_reasons import REASONS
from tests.jobs.stores import store
from tests.warc_files import gz, http, identity, page, record, response, warcinfo, write

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

STABLE = [
    *("id", "url", "host", "domain", "crawl", "fetched_at", "warc_path", "warc_offset", "warc_length", "http_status"),
    *("content_type", "charset", "decode_errors", "truncated", "digest_ok", "text", "extractor", "language"),
    *("language_script", "language_score"),
]
WORDS = "Bread rises because yeast breathes, and the longer it stands the more it tastes of itself. Part {}."


def read(spark: SparkSession, folder: Path, *inputs: Path | str, run: str = "run-1", **options: Any) -> IngestReport:
    return ingest(Lake(spark, str(folder), run), [str(one) for one in inputs], IngestOptions(**options))


def rows(spark: SparkSession, folder: Path, table: str, columns: Iterable[str]) -> list[tuple[Any, ...]]:
    found = Lake(spark, str(folder), "look").read(table).select(*columns).collect()
    return sorted((tuple(row) for row in found), key=repr)


def versions(spark: SparkSession, folder: Path) -> dict[str, int | None]:
    lake = Lake(spark, str(folder), "look")
    return {name: lake.version(name) for name in ("silver/documents", "silver/rejects", "ops/inputs", "bronze/pages")}


def conserved(spark: SparkSession, folder: Path) -> None:
    """Check each input: candidates equal documents and rejects outside stage archive, also in the manifest."""
    lake = Lake(spark, str(folder), "look")
    read = lake.read("ops/inputs").where("status <> 'failed'").collect()
    assert read
    for row in read:
        here = f"warc_path = '{row['path']}'"
        documents = lake.read("silver/documents").where(here).count()
        rejects = lake.read("silver/rejects").where(f"{here} and stage <> 'archive'").count()
        assert (row["documents"], row["rejects"]) == (documents, rejects)
        assert row["records"] == documents + rejects + sum(row["skipped"].values())


@pytest.fixture
def archives(tmp_path: Path) -> Path:
    """Two archives: pages, a redirect, an image, a repeated page, an unreadable page, and damage."""
    folder = tmp_path / "archives"
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


def test_an_archive_becomes_documents_rejects_and_counts(spark: SparkSession, tmp_path: Path, archives: Path) -> None:
    report = read(spark, tmp_path / "lake", archives)
    assert (report.archives, report.documents, report.rejects, report.damaged) == (2, 5, 2, 1)
    assert report.crawls == ["TEST-2026-01"]
    lake = Lake(spark, str(tmp_path / "lake"), "look")
    texts = {row["id"]: row["text"] for row in lake.read("silver/documents").collect()}
    assert texts == {
        identity(f"response:{n}"): WORDS.format(i) for i, n in enumerate(("one", "two", "three", "four"), 1)
    } | {identity("response:silent"): ""}
    found = rows(spark, tmp_path / "lake", "silver/rejects", ["warc_path", "stage", "reason", "id", "detail"])
    assert [row[1:4] for row in found] == [
        ("http", "malformed_http", identity("response:broken")),
        ("archive", "bad_record", None),
        ("decode", "duplicate_id", identity("response:one")),
    ]
    assert f"the first is at {archives}/a.warc.gz" in found[2][4]
    assert all(reason in REASONS[stage] for _, stage, reason, _, _ in found)
    inputs = {Path(row["path"]).name: row for row in lake.read("ops/inputs").collect()}
    assert inputs["a.warc.gz"]["skipped"] == {"warcinfo": 1, "request": 1, "status_301": 1, "not_html": 1}
    assert (inputs["a.warc.gz"]["status"], inputs["b.warc.gz"]["status"]) == ("done", "damaged")
    conserved(spark, tmp_path / "lake")

    before = versions(spark, tmp_path / "lake")
    again = read(spark, tmp_path / "lake", archives, run="run-2")
    assert (again.already_done, again.documents, again.crawls) == (2, 0, ["TEST-2026-01"])
    assert versions(spark, tmp_path / "lake") == before

    fresh = read(spark, tmp_path / "lake", archives, run="run-3", crawl="RENAMED")
    assert (fresh.already_done, fresh.documents) == (0, 5)
    documents = lake.read("silver/documents")
    assert [tuple(row) for row in documents.groupBy("crawl", "run_id").count().collect()] == [("RENAMED", "run-3", 5)]
    conserved(spark, tmp_path / "lake")


def test_rows_do_not_depend_on_order_parts_or_batches(
    spark: SparkSession, tmp_path: Path, archives: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(spark, tmp_path / "first", archives / "a.warc.gz", archives / "b.warc.gz")
    monkeypatch.setattr(planning, "SMALLEST_PART", 150)
    read(spark, tmp_path / "second", archives / "b.warc.gz", archives / "a.warc.gz", batch_archives=1)
    for table, columns in (
        ("silver/documents", STABLE),
        ("silver/rejects", ["crawl", "warc_path", "warc_offset", "length", "id", "url", "stage", "reason", "detail"]),
        ("ops/inputs", ["path", "crawl", "status", "records", "documents", "rejects", "error"]),
    ):
        assert rows(spark, tmp_path / "first", table, columns) == rows(spark, tmp_path / "second", table, columns)


def test_rows_of_json_and_parquet_become_documents(spark: SparkSession, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    good = [
        {"id": "a", "url": "https://www.example.org/a", "text": "One text.", "date": "2026-01-02", "dump": "D-1"},
        {"id": "b", "url": None, "text": "Another one, with a \ud800 in it.", "dump": "D-2"},
        {"id": 7, "url": "https://example.org/7", "text": ""},
    ]
    bad = [
        "not json",
        "[1]",
        '{"id": "c", "url": "u"}',
        '{"id": "d", "text": 5}',
        '{"text": "no id"}',
        "",
        json.dumps(good[0]),
    ]
    lines = [json.dumps(row) for row in good] + bad
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode() + b"\n"))
    pq.write_table(
        pa.table({"id": ["p", "a"], "text": ["From Parquet.", "Again."], "url": ["u", "v"]}), tmp_path / "b.parquet"
    )
    report = read(spark, tmp_path / "lake", tmp_path / "a.jsonl.gz", tmp_path / "b.parquet")
    assert (report.documents, report.rejects, report.noted) == (5, 6, {"id made of content": 1})
    assert report.crawls == ["D-1", "D-2", "default"]
    found = rows(
        spark, tmp_path / "lake", "silver/documents", ["id", "text", "crawl", "extractor", "warc_offset", "host"]
    )
    assert found == [
        ("7", "", "default", "given", 2, "example.org"),
        ("a", "One text.", "D-1", "given", 0, "www.example.org"),
        ("b", "Another one, with a \ufffd in it.", "D-2", "given", 1, None),
        ("p", "From Parquet.", "default", "given", 0, None),
        (ids.content_id(None, None, "no id"), "no id", "default", "given", 7, None),
    ]
    found = rows(spark, tmp_path / "lake", "silver/rejects", ["warc_offset", "reason", "warc_path"])
    assert [row[:2] for row in found] == [
        (1, "duplicate_id"),
        (3, "not_json"),
        (4, "not_json"),
        (5, "missing_text"),
        (6, "missing_text"),
        (9, "duplicate_id"),
    ]
    conserved(spark, tmp_path / "lake")
    again = read(spark, tmp_path / "lake", tmp_path / "a.jsonl.gz", tmp_path / "b.parquet")
    assert (again.already_done, again.crawls) == (2, ["D-1", "D-2", "default"])


def test_rows_keep_their_crawls_if_the_file_name_has_none(spark: SparkSession, tmp_path: Path) -> None:
    lines = [json.dumps({"id": i, "url": None, "text": "Some text.", "dump": f"D-{i}"}) for i in "ab"]
    (tmp_path / "corpus.dat").write_text("\n".join(lines))
    first, again = (read(spark, tmp_path / "lake", tmp_path / "corpus.dat") for _ in range(2))
    assert first.crawls == ["D-a", "D-b"]
    assert (again.already_done, {*first.crawls} <= {*again.crawls}) == (1, True)


def test_files_that_cannot_be_used(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "empty.warc.gz").write_bytes(b"")
    (tmp_path / "error.warc.gz").write_bytes(b'<?xml version="1.0"?><Error><Code>SlowDown</Code></Error>')
    (tmp_path / "list.paths").write_text("gone.warc.gz\n")
    lake = tmp_path / "lake"
    for name, line in (
        ("empty.warc.gz", "the one input is not usable: it is empty"),
        ("error.warc.gz", "it is not an archive; it begins with b'<\\?xml"),
        ("list.paths", "gone.warc.gz: No such file"),
    ):
        with pytest.raises(UserError, match=line):
            read(spark, lake, tmp_path / name)
    assert rows(spark, lake, "ops/inputs", ["status"]) == [("empty",), ("failed",), ("failed",)]
    write(tmp_path / "good.warc", warcinfo(), page("good", WORDS))
    with pytest.raises(UserError, match="none of the 2 inputs is usable: 1 empty; 1 failed, the first: "):
        read(spark, lake, tmp_path / "empty.warc.gz", tmp_path / "error.warc.gz")
    with pytest.raises(UserError, match="nothing of its batch was written"):
        read(spark, lake, tmp_path / "good.warc", tmp_path / "error.warc.gz", on_bad_file="fail")
    assert not Lake(spark, str(lake), "look").exists("silver/documents")
    report = read(spark, lake, tmp_path / "good.warc", tmp_path / "error.warc.gz", tmp_path / "empty.warc.gz")
    assert (report.documents, report.failed, report.already_done, report.empty) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"format": "pdf"}, "--format is pdf: use one of auto, warc"),
        ({"extractor": "html2text"}, "--extractor is html2text: use one of resiliparse"),
        ({"on_bad_file": "cry"}, "--on-bad-file is cry: use one of skip, fail"),
        ({"language_model": "/no/model.ftz"}, "the model /no/model.ftz is not there"),
        ({"language_model": "package:lid.176.ftz#sha256=" + "0" * 64}, "not 0000"),
    ],
)
def test_bad_options(spark: SparkSession, tmp_path: Path, options: dict[str, Any], line: str) -> None:
    with pytest.raises(UserError, match=line):
        read(spark, tmp_path / "lake", tmp_path, **options)
    assert not (tmp_path / "lake").exists()


def test_a_file_that_was_deleted_or_damaged_after_it_was_read_keeps_its_line_and_its_documents(
    spark: SparkSession, tmp_path: Path
) -> None:
    gone, broken = (
        write(tmp_path / f"{name}.warc.gz", warcinfo("C"), page(name, WORDS.format(name)))
        for name in ("gone", "broken")
    )
    listed = tmp_path / "list.txt"
    listed.write_text("gone.warc.gz\nbroken.warc.gz\n")
    read(spark, tmp_path / "lake", listed)
    before = rows(spark, tmp_path / "lake", "ops/inputs", ["path", "status", "documents", "version"])
    gone.unlink()
    broken.write_bytes(b"no archive any more")
    report = read(spark, tmp_path / "lake", listed, run="run-2")
    assert (report.already_done, report.failed, len(report.errors)) == (1, 1, 1)
    assert rows(spark, tmp_path / "lake", "ops/inputs", ["path", "status", "documents", "version"]) == before
    conserved(spark, tmp_path / "lake")


def test_a_wet_file_is_recognised_by_its_content(spark: SparkSession, tmp_path: Path) -> None:
    text = "Eine Seite, als Text gespeichert.\nMit zwei Zeilen."
    write(tmp_path / "wet.warc.gz", warcinfo(), record("conversion", text.encode(), "wet", Content_Type="text/plain"))
    assert read(spark, tmp_path / "lake", tmp_path / "wet.warc.gz", format="warc").documents == 1
    assert rows(spark, tmp_path / "lake", "silver/documents", ["text", "extractor"]) == [(text, "wet")]


def test_texts_and_pages_agree(spark: SparkSession, tmp_path: Path, archives: Path) -> None:
    columns = ["id", "url", "host", "domain", "fetched_at", "text", "language", "language_script", "language_score"]
    read(spark, tmp_path / "pages", archives)
    documents = Lake(spark, str(tmp_path / "pages"), "look").read("silver/documents")
    lines = [
        json.dumps({**row.asDict(), "date": row["date"].isoformat()})
        for row in documents.select("id", "url", "text", documents["fetched_at"].alias("date")).collect()
    ]
    (tmp_path / "texts.jsonl").write_text("\n".join(lines))
    read(spark, tmp_path / "texts", tmp_path / "texts.jsonl")
    assert rows(spark, tmp_path / "texts", "silver/documents", columns) == rows(
        spark, tmp_path / "pages", "silver/documents", columns
    )


def test_a_list_of_common_crawl_paths_over_http(spark: SparkSession, tmp_path: Path) -> None:
    path = "crawl-data/CC-MAIN-2024-22/segments/1/warc/CC-MAIN-1-00000.warc.gz"
    with store() as server:
        server.files["/" + path] = gz(warcinfo(), page("one", WORDS), page("two", WORDS))
        server.files["/crawl-data/CC-MAIN-2024-22/warc.paths.gz"] = gzip.compress(f"{path}\n{path}-gone\n".encode())
        listed = f"{server.address}/crawl-data/CC-MAIN-2024-22/warc.paths.gz"
        report = read(spark, tmp_path / "lake", listed)
        assert (report.documents, report.failed, report.crawls) == (2, 1, ["CC-MAIN-2024-22"])
        assert read(spark, tmp_path / "lake", listed, limit=1).already_done == 1
    found = rows(spark, tmp_path / "lake", "ops/inputs", ["path", "source", "status", "version"])
    assert found == [
        (path, f"{server.address}/{path}", "done", '"1"'),
        (f"{path}-gone", f"{server.address}/{path}-gone", "failed", None),
    ]


def test_real_archives_keep_the_invariants(spark: SparkSession, tmp_path: Path, shared_data: Path) -> None:
    lake = tmp_path / "lake"
    report = read(spark, lake, shared_data / "faults", shared_data / "commoncrawl")
    assert report.failed == 0 and report.documents > 120
    conserved(spark, lake)
    keys = rows(spark, lake, "silver/documents", ["id"])
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
    cut, whole = (rows(spark, tmp_path / name, "silver/documents", STABLE) for name in ("cut", "whole"))
    assert len(cut) == 931
    assert cut == whole


def test_rows_of_a_file_that_is_read_in_parts_have_the_right_numbers(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "SMALLEST_PART", 4096)
    lines = [json.dumps({"id": f"text-{n:03}", "text": WORDS.format(n)}) for n in range(200)]
    lines[50], lines[150] = "", "no JSON"
    (tmp_path / "texts.jsonl").write_text("\n".join(lines))
    report = read(spark, tmp_path / "lake", tmp_path / "texts.jsonl")
    assert (report.documents, report.rejects) == (198, 1)
    found = rows(spark, tmp_path / "lake", "silver/documents", ["id", "warc_offset"])
    assert found == [(f"text-{n:03}", n) for n in range(200) if n not in (50, 150)]
    assert rows(spark, tmp_path / "lake", "silver/rejects", ["reason", "warc_offset"]) == [("not_json", 150)]
    conserved(spark, tmp_path / "lake")
