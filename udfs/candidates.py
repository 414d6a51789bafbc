"""Which records are candidates for a document, and why the others are not."""

from __future__ import annotations

from dataclasses import dataclass

from decantry.udfs.digest import matches
from decantry.udfs.headers import Headers, record_id, url_of
from decantry.udfs.http import MAX_BODY, BadBody, Response, body_of, parse_response
from decantry.udfs.records import KINDS, Record
from decantry.udfs.sniff import sniff

HTML_TYPES = ("text/html", "application/xhtml+xml")
MAX_HEADERS = 1 << 20
"""Room for HTTP headers beside a body of the largest size, in bytes."""
BEGINNING = 1 << 16
"""What is read of a record that is too large, in bytes: enough for its headers, and to see what its body is."""


@dataclass(frozen=True)
class Skipped:
    """A record that is no candidate; `why` is its type, its status or `not_html`."""

    why: str


@dataclass(frozen=True)
class Rejected:
    """A candidate that cannot become a document: a stage, a reason of it (schemas/reject_reasons.py), a detail."""

    stage: str
    reason: str
    detail: str
    id: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Page:
    """An HTML page with the headers that say how to read it; `digest_ok` is null where the record has no digest."""

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
    """A text that came as text: a WET conversion."""

    id: str
    url: str | None
    date: str | None
    content_type: str | None
    truncated: str | None
    digest_ok: bool | None
    text: bytes


Taken = Page | GivenText | Rejected | Skipped


def take(record: Record) -> Taken:
    """What a record holds for the lake. Raises ShortRecord where it ends early."""
    kind = record.kind
    if kind == "response" or (not kind and _is_http(record.headers)):
        return _response(record)
    if kind == "conversion":
        return _conversion(record)
    if kind == "resource":
        return _resource(record)
    return Skipped(kind if kind in KINDS else "unknown")


def _is_http(headers: Headers) -> bool:
    """Whether a record without a type is a response by its Content-Type."""
    kind = (headers.get("Content-Type") or "").lower()
    return kind.startswith("application/http") and "request" not in kind


def _response(record: Record) -> Taken:
    headers = record.headers
    if not (headers.get("Content-Type") or "application/http").strip().lower().startswith("application/http"):
        return Skipped("not_http")
    identity = record_id(headers), url_of(headers)
    size = record.content_length
    whole = size <= MAX_BODY + MAX_HEADERS
    block = record.read() if whole else record.read(BEGINNING)
    response = parse_response(block)
    if response is None:
        return Rejected("http", "malformed_http", repr(block[:60]), *identity)
    if response.status != 200:
        return Skipped(f"status_{response.status}")
    identified = headers.get("WARC-Identified-Payload-Type")
    declared = media_type(identified) or media_type(response.headers.get("content-type"))
    if not whole:
        return _too_large(size, identity) if is_html(declared, response.body) else Skipped("not_html")
    truncated = headers.get("WARC-Truncated")
    try:
        body = body_of(response)
    except BadBody as error:
        if declared not in HTML_TYPES:
            return Skipped("not_html")
        if not (truncated and error.partial):
            return Rejected("http", error.reason, error.detail, *identity)
        body = error.partial
    if not is_html(declared, body):
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


def _resource(record: Record) -> Taken:
    headers = record.headers
    declared = media_type(headers.get("WARC-Identified-Payload-Type")) or media_type(headers.get("Content-Type"))
    if record.content_length > MAX_BODY:
        size = record.content_length
        if is_html(declared, record.read(BEGINNING)):
            return _too_large(size, (record_id(headers), url_of(headers)))
        return Skipped("resource")
    body = record.read()
    if not is_html(declared, body):
        return Skipped("resource")
    id_, url = record_id(headers), url_of(headers)
    if id_ is None:
        return Rejected("decode", "missing_id", "the record has no WARC-Record-ID", None, url)
    digest = headers.get("WARC-Payload-Digest") or headers.get("WARC-Block-Digest")
    kind = headers.get("Content-Type")
    cut = headers.get("WARC-Truncated")
    return Page(id_, url, headers.get("WARC-Date"), None, kind, cut, matches(digest, body), {}, body)


def _conversion(record: Record) -> Taken:
    headers = record.headers
    id_, url = record_id(headers), url_of(headers)
    if record.content_length > MAX_BODY:
        size = record.content_length
        return _too_large(size, (id_, url))
    text = record.read()
    if id_ is None:
        return Rejected("decode", "missing_id", "the record has no WARC-Record-ID", None, url)
    digest = headers.get("WARC-Block-Digest") or headers.get("WARC-Payload-Digest")
    cut, kind = headers.get("WARC-Truncated"), headers.get("Content-Type")
    return GivenText(id_, url, headers.get("WARC-Date"), kind, cut, matches(digest, text), text)


def is_html(declared: str | None, body: bytes) -> bool:
    """Whether the body is HTML: as declared unless it is plainly binary; undeclared, or against what is declared,
    where it says so itself.
    """
    found = sniff(body)
    if declared in HTML_TYPES:
        return found != "binary"
    if declared in (None, "application/octet-stream", "application/x-unknown-content-type", "unknown/unknown"):
        return found in ("document", "html")
    return found == "document"


def media_type(value: str | None) -> str | None:
    """The type of a Content-Type value without its parameters, lower-cased; null where there is none."""
    kind = (value or "").split(";", 1)[0].split(",", 1)[0].strip().lower()
    return kind if "/" in kind and kind != "*/*" else None


def _too_large(size: int, identity: tuple[str | None, str | None]) -> Rejected:
    return Rejected("http", "too_large", f"{size} bytes, of which {MAX_BODY} are read", *identity)
