"""Which records are candidates for a document, and why the others are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.udfs.archive.bad_body import BadBody
from decantry.udfs.archive.chunks import unframed
from decantry.udfs.archive.codings import MAX_BODY, unnamed
from decantry.udfs.archive.digest import matches
from decantry.udfs.archive.headers import Headers, record_id, url_of
from decantry.udfs.archive.http import Response, body_of, or_its_part, parse_response
from decantry.udfs.archive.media_type import HTML_TYPES, UNKNOWN_TYPES, is_xml, media_type
from decantry.udfs.archive.records import KINDS
from decantry.udfs.archive.sniff import has_tag, is_plainly_text, sniff
from decantry.udfs.archive.url import site_of

if TYPE_CHECKING:
    from decantry.udfs.archive.record import Record

MAX_HEADERS = 1 << 20
"""Room for HTTP headers beside a body of the largest size, in bytes."""
_HTTP = ("application/http", "message/http")
"""The types of HTTP messages (RFC 9112, 10)."""
_CODE = re.compile(r"text/(?:css|(?:x-)?(?:java|ecma|j|live)script[\d.]*)")
_WIDE = ("utf-16", "utf16", "utf-32", "utf32", "ucs-2", "unicode", "iso-10646-ucs")
_BLANKS = re.compile(rb"\A(?:\xef\xbb\xbf|\s)+")
_FEW = 7
"""How many bytes that text never has do not matter in a body of any size, if a header says that it is text."""
BEGINNING = 1 << 16
"""How many bytes of a record that is too large are read: enough for its headers and for the type of its body."""


@dataclass(frozen=True)
class Skipped:
    """A record that is not a candidate; `why` is its type, its status or `not_html`."""

    why: str


@dataclass(frozen=True)
class Rejected:
    """A candidate that cannot become a document, with stage, reason (schemas/reject_reasons.py) and detail."""

    stage: str
    reason: str
    detail: str
    id: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Page:
    """An HTML page with the headers that are needed to read it; `digest_ok` is None if the record has no digest."""

    id: str
    url: str | None
    date: str | None
    status: int | None
    content_type: str | None
    truncated: str | None
    digest_ok: bool | None
    headers: dict[str, str]
    html: bytes


@dataclass(frozen=True)
class GivenText:
    """A record that is plain text: a conversion, as in WET files."""

    id: str
    url: str | None
    date: str | None
    content_type: str | None
    truncated: str | None
    digest_ok: bool | None
    text: bytes


Taken = Page | GivenText | Rejected | Skipped


def take(record: Record) -> Taken:
    """What the lake takes from a record. Raises ShortRecord if the record ends early.

    A candidate whose address has no host is rejected, because no list of hosts and no `forget --domain` could find it.
    """
    taken = _taken(record)
    if isinstance(taken, Page | GivenText) and taken.url is not None and site_of(taken.url).host is None:
        return Rejected("decode", "no_host", repr(taken.url[:100]), taken.id, taken.url)
    return taken


def _taken(record: Record) -> Taken:
    kind = record.kind
    if kind == "response" or (not kind and _is_http(record.headers)):
        return _response(record)
    if kind in ("conversion", "resource"):
        return _stored(record)
    return Skipped(kind if kind in KINDS else "unknown")


def _is_http(headers: Headers) -> bool:
    """Whether a record without a type is a response according to its Content-Type."""
    kind = (headers.get("Content-Type") or "").lower()
    return kind.startswith("application/http") and "request" not in kind


def _response(record: Record) -> Taken:
    headers = record.headers
    identity = record_id(headers), url_of(headers)
    size = record.content_length
    whole = size <= MAX_BODY + MAX_HEADERS
    declared_http = (headers.get("Content-Type") or "application/http").lstrip(' "').lower().startswith(_HTTP)
    block = record.read() if whole and declared_http else record.read(BEGINNING)
    response = parse_response(block)
    if response is None and not declared_http:
        is_page = media_type(headers.get("Content-Type")) in HTML_TYPES
        return _stored(record, block) if is_page else Skipped("not_http")
    if response is None:
        return Rejected("http", "malformed_http", repr(block[:60]), *identity)
    if whole and not declared_http and response.status == 200:
        response = parse_response(block + record.read()) or response
    return _answer(record, response, identity)


def _answer(record: Record, response: Response, identity: tuple[str | None, str | None]) -> Taken:
    """What is taken from a record that holds an answer of HTTP."""
    headers = record.headers
    size = record.content_length
    whole = size <= MAX_BODY + MAX_HEADERS
    if response.status != 200:
        return Skipped(f"status_{response.status}")
    identified = headers.get("WARC-Identified-Payload-Type")
    declared = media_type(identified)
    if declared in UNKNOWN_TYPES:
        declared = media_type(response.headers.get("content-type"))
    wide = _is_wide(response.headers.get("content-type"))
    if not whole:
        coded = {"content-encoding", "transfer-encoding"} & response.headers.keys()
        if coded and declared in HTML_TYPES:
            candidate = sniff(response.body) != "binary"
        else:
            candidate = is_html(declared, response.body, wide)
        return _too_large(size, identity) if candidate else Skipped("not_html")
    truncated = _cut(headers)
    try:
        body = body_of(response, truncated is not None, declared in HTML_TYPES or declared is None)
    except BadBody as error:
        if declared not in HTML_TYPES and not is_html(declared, error.partial or response.body, wide):
            return Skipped("not_html")
        return Rejected("http", error.reason, error.detail, *identity)
    if not is_html(declared, body, wide):
        return Skipped("not_html")
    return _page(record, identity, response, body, truncated)


def _page(
    record: Record, identity: tuple[str | None, str | None], response: Response, body: bytes, cut: str | None
) -> Taken:
    id_, url = identity
    if id_ is None:
        return Rejected("decode", "missing_id", "the record has no WARC-Record-ID", None, url)
    return Page(
        id_,
        url,
        record.headers.get("WARC-Date"),
        response.status,
        response.headers.get("content-type"),
        cut,
        matches(record.headers.get("WARC-Payload-Digest"), response.body, body),
        response.headers,
        body,
    )


def _stored(record: Record, begin: bytes = b"") -> Taken:
    """A resource or a conversion: a page or a text as its own Content-Type says (WARC 1.1, 5.6, 6.3 and 6.8).

    A resource of plain text is not a web page: crawlers keep logs, settings and copies of a page's text so. Of a
    response of HTML without HTTP, `begin` was read before.
    """
    headers = record.headers
    size, whole = record.content_length, record.content_length <= MAX_BODY
    stored = begin + (record.read() if whole else record.read(BEGINNING))
    declared = media_type(headers.get("Content-Type"))
    if declared in UNKNOWN_TYPES:
        declared = media_type(headers.get("WARC-Identified-Payload-Type")) or declared
    id_, url, cut = record_id(headers), url_of(headers), _cut(headers)
    try:
        is_page = whole and declared in HTML_TYPES
        body = or_its_part(lambda coded: unnamed(unframed(coded)), stored, cut is not None) if is_page else stored
    except BadBody as error:
        return Rejected("http", error.reason, error.detail, id_, url)
    found = _holds(declared, body, _is_wide(headers.get("Content-Type")))
    if found is None or (found == "text" and record.kind == "resource"):
        return Skipped("not_http" if begin else record.kind)
    if not whole:
        return _too_large(size, (id_, url))
    if found == "html" and _BLANKS.sub(b"", body[:64])[:5].upper() == b"HTTP/" and (response := parse_response(body)):
        return _answer(record, response, (id_, url))
    if id_ is None:
        return Rejected("decode", "missing_id", "the record has no WARC-Record-ID", None, url)
    digest = headers.get("WARC-Payload-Digest")
    digest_ok = matches(digest, stored, body) if digest else matches(headers.get("WARC-Block-Digest"), stored)
    date, kind = headers.get("WARC-Date"), headers.get("Content-Type")
    if found == "text":
        return GivenText(id_, url, date, kind, cut, digest_ok, body)
    return Page(id_, url, date, None, kind, cut, digest_ok, {}, body)


def _cut(headers: Headers) -> str | None:
    """Why the record does not have all of the page: the crawler's reason, or `segment` if the rest is in continuations,
    whose first segment has a number (WARC 1.1, 5.14 and 7).
    """
    return headers.get("WARC-Truncated") or ("segment" if headers.get("WARC-Segment-Number") else None)


def _holds(declared: str | None, body: bytes, wide: bool) -> str | None:
    """`html` or `text`, as a stored record declares, or, if it declares nothing, as its bytes say; else None."""
    if declared in HTML_TYPES or declared in UNKNOWN_TYPES or is_xml(declared):
        if is_html(declared, body, wide):
            return "html"
        return "text" if declared is None and is_plainly_text(body) else None
    is_text = declared.startswith("text/") and not _CODE.fullmatch(declared)
    return "text" if is_text and (wide or is_plainly_text(body, _FEW)) else None


def is_html(declared: str | None, body: bytes, wide: bool = False) -> bool:
    """Whether the body is HTML. A declared type counts unless the body is plainly not text. A body that declares itself
    HTML counts whatever the type is. `wide` says that a declared charset is UTF-16 or UTF-32, whose bytes look binary.
    """
    found = sniff(body)
    if declared in HTML_TYPES:
        return found != "binary" and (found is not None or wide or is_plainly_text(body, _FEW) or has_tag(body))
    if declared in UNKNOWN_TYPES:
        return found in ("document", "html")
    return found == "document"


def _is_wide(content_type: str | None) -> bool:
    """Whether the charset has letters of two bytes or more, most of which look like control characters."""
    return content_type is not None and any(name in content_type.lower() for name in _WIDE)


def _too_large(size: int, identity: tuple[str | None, str | None]) -> Rejected:
    return Rejected("http", "too_large", f"{size} bytes, of which {MAX_BODY} are read", *identity)
