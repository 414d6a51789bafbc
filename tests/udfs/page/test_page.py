from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import pytest

from decantry.schemas import documents
from decantry.udfs.archive.candidates import GivenText, Page, Rejected
from decantry.udfs.page.extractor import CannotExtract
from decantry.udfs.page.html import markup_itself, with_resiliparse
from decantry.udfs.page.page import (
    Reading,
    address_fields,
    clean,
    instant,
    page_fields,
    wet_fields,
    without_surrogates,
)

READING = Reading(with_resiliparse, "resiliparse-2.0.1")
PAGE = Page(
    "<urn:uuid:1>", "https://www.example.org/x", "2026-01-02T03:04:05Z", 200, "text/html", None, True, {},
    "<html><body><p>Съешь ещё</p></body></html>".encode(),
)  # fmt: skip


def test_a_page_becomes_a_document() -> None:
    assert page_fields(PAGE, READING) == {
        "id": "<urn:uuid:1>",
        "url": "https://www.example.org/x",
        "host": "www.example.org",
        "domain": "example.org",
        "fetched_at": datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc),
        "http_status": 200,
        "content_type": "text/html",
        "charset": "utf-8",
        "decode_errors": 0,
        "truncated": None,
        "digest_ok": True,
        "text": "Съешь ещё",
        "extractor": "resiliparse-2.0.1",
    }


def test_every_column_is_filled() -> None:
    """A column that nobody fills would be null in every row, and no other test would fail."""
    of_the_file = {"warc_path", "warc_offset", "warc_length", "crawl", "run_id"}
    fields = page_fields(PAGE, READING)
    assert isinstance(fields, dict)
    native = {"markdown", "language", "language_score", "language_script"}
    filled = fields.keys() | of_the_file | native
    assert set(documents.TABLE.column_names) == filled, "fill the column in page_fields, or in jobs/ingest"


def test_an_extractor_that_fails_makes_a_reject() -> None:
    def fails(html: str, utf8: bytes | None = None) -> str:
        raise CannotExtract("extractor_failed", "no")

    reading = Reading(fails, "x-1")
    assert page_fields(PAGE, reading) == Rejected("extract", "extractor_failed", "no", PAGE.id, PAGE.url)


@pytest.mark.parametrize(
    ("charset", "html", "markup"),
    [
        ("utf-8", "<p>naïve".encode(), "<p>naïve".encode()),  # not encoded again
        ("windows-1252", "<p>naïve".encode("windows-1252"), "<p>naïve"),
        ("utf-8", "<p>naïve\0".encode(), "<p>naïve"),
        ("utf-8", b"<p>na\xefve", "<p>na\ufffdve"),
        ("iso-2022-jp", b"<p>\x1b$B\x30\x21\x1b(B", "<p>亜"),
    ],
)
def test_markup_for_a_native_extractor_is_text_or_valid_utf8(charset: str, html: bytes, markup: str | bytes) -> None:
    page = replace(PAGE, html=html, content_type=f"text/html; charset={charset}")
    fields = page_fields(page, Reading(markup_itself, "decantry-2"))
    assert isinstance(fields, dict)
    assert fields["text"] == markup


def test_a_wet_text_does_not_change() -> None:
    given = GivenText("<urn:uuid:2>", None, None, "text/plain", None, None, "Zeile eins\nZeile zwei é\n".encode())
    fields = wet_fields(given)
    assert (fields["text"], fields["extractor"], fields["host"]) == ("Zeile eins\nZeile zwei é\n", "wet", None)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)),
        ("2026-01-02T03:04:05.123456789Z", datetime(2026, 1, 2, 3, 4, 5, 123456, tzinfo=timezone.utc)),
        ("2026-01-02T05:04:05+02:00", datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)),
        ("2026-01-02", datetime(2026, 1, 2, tzinfo=timezone.utc)),
        ("2026-01", datetime(2026, 1, 1, tzinfo=timezone.utc)),  # WARC 1.1, 5.4: as precise as is known
        ("2026", datetime(2026, 1, 1, tzinfo=timezone.utc)),
        ("2026-01-02T03:04Z", datetime(2026, 1, 2, 3, 4, tzinfo=timezone.utc)),
        ("<2026-01-02T03:04:05Z>", datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)),
        ("2026-13", None),
        ("0000", None),
        ("2024-02-29T00:00:00.5", datetime(2024, 2, 29, 0, 0, 0, 500000, tzinfo=timezone.utc)),
        ("2026-02-30T00:00:00Z", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (20260102, None),
    ],
)
def test_instants(value: Any, moment: datetime | None) -> None:
    assert instant(value) == moment


def test_lone_surrogates_become_replacement_characters() -> None:
    assert without_surrogates("a\ud800b\U0001f600\udfff") == "a\ufffdb\U0001f600\ufffd"
    assert without_surrogates("plain") == "plain"


def test_a_nul_becomes_a_replacement_character() -> None:
    assert clean("a\0b\ud800") == "a\ufffdb\ufffd"
    fields = address_fields("https://a\0.example.org/")
    assert (fields["url"], fields["host"]) == ("https://a\ufffd.example.org/", None)  # no browser opens it


def test_a_nul_of_a_wet_text_reaches_no_document() -> None:
    given = GivenText("<urn:uuid:\0>", "https://a.example/\0", None, "text/plain", None, None, b"one\0two")
    fields = wet_fields(given)
    assert (fields["id"], fields["url"], fields["text"]) == (
        "<urn:uuid:\ufffd>",
        "https://a.example/\ufffd",
        "onetwo",  # decoding leaves it out
    )
