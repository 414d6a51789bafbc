"""What an ingest hash depends on."""

from __future__ import annotations

from dataclasses import replace

from decantry.jobs.ingest.options import ReadingOptions

READING = ReadingOptions("resiliparse", "resiliparse 2", "/models/a.ftz", "0" * 64, "auto", None, False)


def test_all_that_changes_a_document_is_in_it_and_the_place_of_the_model_is_not() -> None:
    others = [
        replace(READING, extractor_name="resiliparse 3"),
        replace(READING, model_sha256="1" * 64),
        replace(READING, format="wet"),
        replace(READING, crawl="C"),
        replace(READING, keep_html=True),
    ]
    assert len({READING.ingest_hash, *(other.ingest_hash for other in others)}) == 6
    assert replace(READING, model_path="/elsewhere/a.ftz").ingest_hash == READING.ingest_hash
