"""The sample's crawl: what a crawler would have archived of the sample web, failures and all."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

from decantry.jobs.sample import html, warc
from decantry.jobs.sample.pages import Page, pages

CRAWL = "SAMPLE-2026-05"
ARCHIVES = 3
_START = datetime(2026, 1, 17, 8, 0, 0, tzinfo=timezone.utc)
_PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001"
    "48afa4710000000049454e44ae426082"
)


@dataclass(frozen=True)
class Fetch:
    """One answer of a server. `payload_type` is what the crawler found the payload to be."""

    url: str
    status: str
    headers: dict[str, str]
    body: bytes
    payload_type: str = "text/html"
    kind: str = "response"
    archive: int = 0
    extra: dict[str, str] = field(default_factory=dict)


def archives() -> list[bytes]:
    """The crawl's archives, each a whole `.warc.gz`: a warcinfo, then request, response and metadata per page."""
    fetches = [*map(_fetched, pages()), *_oddities()]
    built = []
    for number in range(ARCHIVES):
        info = _warcinfo(number)
        records = [info]
        for place, fetch in enumerate(fetches):
            if fetch.archive == number:
                records += _records(fetch, place, number)
        built.append(b"".join(records))
    return built


def _fetched(page: Page) -> Fetch:
    extra = {"WARC-Truncated": page.truncated} if page.truncated else {}
    headers = {"Content-Type": html.content_type(page), "Server": "nginx", "Content-Language": page.lang}
    return Fetch(page.url, "200 OK", headers, html.body(page), kind=page.record, archive=page.archive, extra=extra)


def _oddities() -> Iterator[Fetch]:
    """What is on every crawl beside pages: redirects, errors, other files, a repeat visit, a cut body."""
    home = "https://harbour.example.org"
    yield Fetch(f"{home}/tides", "301 Moved Permanently", {"Location": f"{home}/tides/"}, b"", "text/plain")
    yield Fetch(f"{home}/gone", "404 Not Found", {"Content-Type": "text/html"}, b"<h1>Not found</h1>")
    yield Fetch(f"{home}/chart.pdf", "200 OK", {"Content-Type": "application/pdf"}, _PDF, "application/pdf")
    yield Fetch(f"{home}/leaflet", "200 OK", {"Content-Type": "text/html"}, _PDF, "application/pdf", archive=1)
    yield Fetch(f"{home}/dot.png", "200 OK", {"Content-Type": "image/png"}, _PIXEL, "image/png", archive=1)
    cut = gzip.compress(b"<html><body><p>" + b"Half a page. " * 400, mtime=0)[:40]
    yield Fetch(f"{home}/half", "200 OK", {"Content-Type": "text/html", "Content-Encoding": "gzip"}, cut, archive=2)
    repeat = {
        "WARC-Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
        "WARC-Refers-To": warc.record_id("response of response", f"{home}/notice/closed"),
    }
    headers = {"Content-Type": "text/html"}
    yield Fetch(f"{home}/notice/closed", "200 OK", headers, b"", kind="revisit", archive=2, extra=repeat)


def _warcinfo(number: int) -> bytes:
    about = {
        "isPartOf": CRAWL,
        "description": "A small web of pages written for Decantry",
        "software": warc.SOFTWARE,
        "format": "WARC File Format 1.0",
    }
    name = file_name(number)
    extra = {"WARC-Record-ID": warc.record_id("warcinfo", name), "WARC-Date": _date(0), "WARC-Filename": name}
    return warc.record("warcinfo", None, "application/warc-fields", warc.fields(about), extra)


def _records(fetch: Fetch, place: int, number: int) -> Iterator[bytes]:
    parts = urlsplit(fetch.url)
    common = {"WARC-Date": _date(place), "WARC-Warcinfo-ID": warc.record_id("warcinfo", file_name(number))}
    ids = {kind: warc.record_id(f"{kind} of {fetch.kind}", fetch.url) for kind in ("request", "metadata", fetch.kind)}
    payload = {"WARC-Payload-Digest": warc.digest(fetch.body), "WARC-Identified-Payload-Type": fetch.payload_type}
    main = common | {"WARC-Record-ID": ids[fetch.kind]} | payload | fetch.extra
    if fetch.kind == "resource":
        yield warc.record("resource", fetch.url, fetch.headers["Content-Type"], fetch.body, main)
        return
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    asked = f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nUser-Agent: decantry-sample\r\n\r\n".encode()
    beside = common | {"WARC-Concurrent-To": ids[fetch.kind]}
    yield warc.record(
        "request", fetch.url, "application/http; msgtype=request", asked, beside | {"WARC-Record-ID": ids["request"]}
    )
    answer = warc.http(fetch.status, fetch.headers, fetch.body)
    main |= {"WARC-IP-Address": "192.0.2.10"}
    yield warc.record(fetch.kind, fetch.url, "application/http; msgtype=response", answer, main)
    notes = warc.fields({"fetchTimeMs": str(40 + place)})
    yield warc.record(
        "metadata", fetch.url, "application/warc-fields", notes, beside | {"WARC-Record-ID": ids["metadata"]}
    )


def file_name(number: int) -> str:
    """The name of the archive with that number."""
    return f"web-{number:05d}.warc.gz"


def _date(place: int) -> str:
    return (_START + timedelta(seconds=37 * place)).strftime("%Y-%m-%dT%H:%M:%SZ")
