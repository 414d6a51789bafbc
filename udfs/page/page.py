"""The columns of a document, from a candidate: decoding, then extraction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from decantry.udfs.archive.candidates import GivenText, Page, Rejected
from decantry.udfs.archive.media_type import is_xml, media_type
from decantry.udfs.archive.url import site_of
from decantry.udfs.page.charset import decode_page, decode_text
from decantry.udfs.page.extractor import CannotExtract, Extract
from decantry.udfs.page.moments import held, iso, moment_of
from decantry.udfs.page.xhtml import as_html

_COARSE = re.compile(r"\d{4}(?:-\d\d)?")
"""A year or a month, which W3C's profile of ISO 8601 has, too."""


@dataclass(frozen=True)
class Reading:
    """How pages are read: the extractor, and its name with version.

    Where the extractor is a native function, `text` is the page's markup until the JVM replaces it. If the page was
    UTF-8, it stays in bytes: to make a string and encode it again costs more than to decode the page.
    """

    extract: Extract
    extractor: str


def page_fields(page: Page, reading: Reading) -> dict[str, Any] | Rejected:
    """The columns of the page's document, without its position and language."""
    decoded = decode_page(page.html, page.content_type)
    markup, utf8 = decoded.text, decoded.utf8
    if is_xml(media_type(page.content_type)) and (html := as_html(markup)) != markup:
        markup, utf8 = html, None
    try:
        text = reading.extract(markup, utf8)
    except CannotExtract as error:
        return Rejected("extract", error.reason, error.detail, page.id, page.url)
    return {
        "id": clean(page.id),
        "http_status": page.status,
        "content_type": page.content_type,
        "charset": decoded.charset,
        "decode_errors": decoded.errors,
        "truncated": page.truncated,
        "digest_ok": page.digest_ok,
        "extractor": reading.extractor,
        "fetched_at": instant(page.date),
        **address_fields(page.url),
        "text": text if isinstance(text, bytes) else clean(text),
    }


def wet_fields(given: GivenText) -> dict[str, Any]:
    """The columns of the document for a record of plain text, without its position and language."""
    decoded = decode_text(given.text, given.content_type)
    return {
        "id": clean(given.id),
        "content_type": given.content_type,
        "charset": decoded.charset,
        "decode_errors": decoded.errors,
        "truncated": given.truncated,
        "digest_ok": given.digest_ok,
        "extractor": "wet",
        "fetched_at": instant(given.date),
        **address_fields(given.url),
        "text": clean(decoded.text),
    }


def address_fields(url: str | None) -> dict[str, Any]:
    """The url, its host and its registered domain."""
    url = None if url is None else clean(url)
    site = site_of(url)
    return {"url": url, "host": site.host, "domain": site.domain}


def clean(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, and for each NUL, at which some readers end a text."""
    return without_surrogates(text.replace("\0", "\ufffd"))


def without_surrogates(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, which no encoding can write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def instant(value: Any) -> datetime | None:
    """The timestamp of a record, in UTC; None if there is none, or one outside the supported range.

    It is ISO 8601 (WARC 1.1, 5.4), or one of the other forms that dates have: older archives have fourteen digits. A
    year or a month is its beginning.
    """
    if isinstance(value, datetime):
        return held(value)
    if not isinstance(value, str):
        return None
    value = value.strip("<> \t")
    return iso(value + "-01-01"[len(value) - 4 :]) if _COARSE.fullmatch(value) else iso(value) or moment_of(value)
