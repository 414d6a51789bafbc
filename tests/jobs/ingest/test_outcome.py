"""The outcome of a file, from the counts of its parts."""

from __future__ import annotations

from typing import Any

from decantry.jobs.ingest.batch import outcome
from decantry.jobs.ingest.manifest import Outcome
from decantry.jobs.ingest.options import ReadingOptions
from decantry.jobs.sources.source import Source

READING = ReadingOptions("resiliparse", "resiliparse 2", "model", "0" * 64, "auto", None, False)
SOURCE = Source("/in/a.warc.gz", "/in/a.warc.gz", 10, "10-1")


def part(**counted: Any) -> dict[str, Any]:
    nothing = {"crawl": "default", "records": 0, "documents": 0, "rejects": 0, "damages": 0, "error": None}
    return nothing | {"skipped": {}, "crawls": {}, "noted": {}, "reasons": {}, "columns": None} | counted


def of(*parts: dict[str, Any]) -> Outcome:
    return outcome(SOURCE, list(parts), READING)  # type: ignore[arg-type]


def test_the_counts_of_the_parts_are_added() -> None:
    one = part(records=5, documents=2, rejects=1, skipped={"request": 2}, crawls={"C": 2})
    two = part(records=4, documents=1, skipped={"request": 1, "status_404": 2}, crawls={"C": 1})
    found = of(one, two)
    assert (found.status, found.records, found.documents, found.rejects) == ("done", 9, 3, 1)
    assert (found.skipped, found.crawls, found.crawl) == ({"request": 3, "status_404": 2}, ["C"], "C")


def test_a_file_with_damage_in_one_part_is_damaged() -> None:
    found = of(part(records=1, documents=1), part(damages=2))
    assert (found.status, found.error) == ("damaged", "2 byte ranges contain no record")


def test_a_file_without_records_or_without_pages_is_empty() -> None:
    assert (of(part()).status, of(part()).error) == ("empty", None)
    found = of(part(records=3, skipped={"warcinfo": 1, "metadata": 2}))
    assert found.status == "empty"
    assert found.error == "/in/a.warc.gz: none of its records is a page or a text (metadata, warcinfo)"
    assert of(part(records=3, skipped={"warcinfo": 1, "status_404": 2})).status == "done"


def test_an_unreadable_part_fails_the_file() -> None:
    found = of(part(records=1, documents=1), part(error="the store is gone"))
    assert (found.status, found.error, found.documents) == ("failed", "the store is gone", 0)


def test_a_file_whose_rows_are_all_rejected_is_empty_and_its_error_names_its_columns() -> None:
    found = of(
        part(records=2, rejects=2, reasons={"missing_text": 2}, columns='["doc_id", "raw_content", "url"]'),
        part(records=1, rejects=1, reasons={"not_json": 1}, columns="[]"),
    )
    assert (found.status, found.rejects) == ("empty", 3)
    assert found.error == (
        "/in/a.warc.gz: none of its 3 rows became a document (2 missing_text, 1 not_json); it has no column text; the "
        "columns are doc_id, raw_content, url: name them, as in --columns text=raw_content,id=doc_id"
    )
    no_json = of(part(records=1, rejects=1, reasons={"not_json": 1}, columns="[]"))
    assert no_json.error == (
        "/in/a.warc.gz: none of its 1 row became a document (1 not_json); write one object on each line, or all "
        "objects as one array"
    )


def test_a_file_with_one_document_is_done() -> None:
    assert of(part(records=2, documents=1, rejects=1, reasons={"missing_text": 1}, columns='["id"]')).status == "done"
    assert of(part(records=2, documents=1, rejects=1, reasons={"bad_chunks": 1})).status == "done"


def test_an_archive_whose_pages_are_all_rejected_is_empty_and_its_error_has_the_reasons() -> None:
    found = of(
        part(records=5, rejects=2, reasons={"bad_chunks": 2}, skipped={"status_404": 3}),
        part(records=1, rejects=1, reasons={"no_host": 1}),
    )
    assert (found.status, found.rejects) == ("empty", 3)
    assert found.error == ("/in/a.warc.gz: none of its 3 candidates became a document (2 bad_chunks, 1 no_host)")
    damaged = of(part(records=1, rejects=1, damages=1, reasons={"no_host": 1}))
    assert damaged.status == "empty"
    assert str(damaged.error).endswith("became a document (1 no_host); 1 byte range contains no record")


def test_pages_on_which_the_extractor_failed_are_counted_with_their_reason() -> None:
    counted = part(records=3, documents=2, rejects=1, reasons={"no_host": 1})
    assert outcome(SOURCE, [counted], READING, 1).status == "done"  # type: ignore[list-item]
    found = outcome(SOURCE, [counted], READING, 2)  # type: ignore[list-item]
    assert (found.status, found.documents, found.rejects) == ("empty", 0, 3)
    assert str(found.error).endswith("none of its 3 candidates became a document (2 extractor_failed, 1 no_host)")


def test_notes_of_rows_are_added() -> None:
    assert of(part(noted={"date not read": 2}), part(noted={"date not read": 1, "layout c4": 4})).noted == {
        "date not read": 3,
        "layout c4": 4,
    }
