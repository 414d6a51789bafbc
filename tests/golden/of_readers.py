"""The outputs of readers and extractors for a few archives, files of rows, and pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from decantry.jobs.ingest.options import IngestOptions, ReadingOptions, resolve
from decantry.jobs.ingest.plan import Part
from decantry.jobs.ingest.read import KEPT_HEADERS
from decantry.jobs.ingest.texts import read_texts
from decantry.jobs.ingest.versions import PAGE_VERSION, READERS
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.source import Source, inspect
from decantry.udfs.archive.candidates import GivenText, Page, Taken, take
from decantry.udfs.archive.warc import Entry, read_archive
from decantry.udfs.page.extractor import CannotExtract
from decantry.udfs.page.html import EXTRACTORS, NATIVE, extract_function
from decantry.udfs.page.page import Reading, address_fields, instant, page_fields, wet_fields
from tests.golden.files import INPUTS, Output

FILES = {
    "warc": ("many.warc.gz", "few.warc.zst", "damaged.warc", "damaged.warc.gz"),
    "wet": ("texts.warc.wet.gz",),
    "jsonl": ("rows.jsonl", "peers.jsonl"),
    "parquet": ("rows.parquet",),
}
PAGES = ("article", "forum", "list", "two-languages", "odd", "empty")
DEEP = "<p>Deep.</p>" + "<div>" * 9_000 + "<p>Deeper.</p>"
MANY = "<p a" + " b" * 9_000 + ">Attributes.</p>"
ADDRESSES = (
    *("https://www.example.co.uk/a", "HTTP://User:pw@Bücher.Example.COM:8080", "//example.org/x", "example.org/x"),
    *("http://192.0.2.7/", "http://[2001:db8::1]/", "mailto:a@example.org", "https://co.uk/", "no address", ""),
    *(
        "https://maß.example/",
        "https://mass.example/",
        "https://ma%C3%9F.example/",
        "http://0x7f.1/",
        "https://xn--a.a.org",
        "http://https:/example.org/",
    ),
)
DATES = (
    "2026-01-02T03:04:05Z",
    "2026-01-02",
    "2026-01-02T03:04:05.123456789+02:00",
    "yesterday",
    "0001-01-01T00:00:00+09:00",
    "1582-10-04",
    "2026-01",
    "202601020304",
)


def names() -> list[str]:
    """`kind@VERSION` of every extractor and reader, and of the code that readers share."""
    return [*(f"{kind}@{version}" for kind, version in {**in_python(), **READERS, "page": PAGE_VERSION}.items())]


def in_python() -> dict[str, int]:
    """The extractors in Python, with their versions. The others have suites in Scala."""
    return {name: version for name, version in EXTRACTORS.items() if name not in NATIVE}


def outputs() -> dict[str, Output]:
    """The outputs of all extractors and readers with inputs, by `kind@VERSION`."""
    options = resolve(IngestOptions())
    made: dict[str, Output] = {}
    for reader in ("warc", "wet"):
        made[f"{reader}@{READERS[reader]}"] = {file: _numbered(map(_read, _records(file))) for file in FILES[reader]}
    for reader in ("jsonl", "parquet"):
        rows = {file: _numbered(_rows(file, reader, options)) for file in FILES[reader]}
        made[f"{reader}@{READERS[reader]}"] = rows
    made[f"page@{PAGE_VERSION}"] = _pages(options)
    for extractor, version in in_python().items():
        made[f"{extractor}@{version}"] = {"texts": {name: _text(extractor, html) for name, html in _markup()}}
    return made


def _source(file: str) -> Source:
    return inspect(expand([str(INPUTS / file)])[0])


def _records(file: str) -> Iterator[Any]:
    source = _source(file)
    with source.open(0) as stream:
        head = stream.read(8)
    return read_archive(source.open, head, take)


def _read(read: Any) -> dict[str, Any]:
    """A record's position and fields; a stretch of damage, or the end of the file, unchanged."""
    if not isinstance(read, Entry):
        return {type(read).__name__: _without_detail(asdict(read))}
    return {"offset": read.offset, "length": read.length, type(read.value).__name__: _taken(read.value)}


def _taken(taken: Taken) -> dict[str, Any]:
    """The fields. Bytes are shown as their number and digest, with the kept headers."""
    values = {n: f"{len(v)} {_digest(v)}" if isinstance(v, bytes) else v for n, v in asdict(taken).items()}
    values = _without_detail(values)
    if isinstance(taken, Page):
        values["headers"] = {name: taken.headers[name] for name in KEPT_HEADERS if name in taken.headers}
    return values


def _rows(file: str, kind: str, options: ReadingOptions) -> Iterator[dict[str, Any]]:
    """The rows of documents and rejects, without the file's path and the columns that are computed from the address."""
    computed = {"warc_path", *address_fields(None)} - {"url"}
    for row in read_texts(Part(_source(file)), kind, options):
        row = _without_detail(row)
        yield {name: _plain(value) for name, value in row.items() if name not in computed}


def _pages(options: ReadingOptions) -> Output:
    """The documents of the archives' pages and texts. The text is the page's markup."""
    reading = Reading(lambda html, utf8=None: html, "markup")
    output: Output = {}
    for file in (*FILES["warc"], *FILES["wet"]):
        taken = [read.value for read in _records(file) if isinstance(read, Entry)]
        output[file] = {each.id: _document(each, reading) for each in taken if isinstance(each, Page | GivenText)}
    output["addresses"] = {url: address_fields(url) for url in ADDRESSES}
    output["dates"] = {date: _plain(instant(date)) for date in DATES}
    return output


def _document(taken: Page | GivenText, reading: Reading) -> dict[str, Any]:
    fields = page_fields(taken, reading) if isinstance(taken, Page) else wet_fields(taken)
    assert isinstance(fields, dict)
    return {n: _plain(v) for n, v in fields.items()}


def _markup() -> Iterator[tuple[str, str]]:
    yield from ((name, (INPUTS / f"{name}.html").read_text(encoding="utf-8")) for name in PAGES)
    yield from (("deep", DEEP), ("many", MANY), ("nothing", ""))


def _text(extractor: str, html: str) -> Any:
    try:
        return extract_function(extractor)(html)
    except CannotExtract as error:
        return {"reason": error.reason}


def _without_detail(values: dict[str, Any]) -> dict[str, Any]:
    """The values without messages, because new wording needs no new VERSION."""
    return {name: value for name, value in values.items() if name != "detail"}


def _numbered(values: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {str(number): value for number, value in enumerate(values)}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _digest(value: bytes) -> str:
    return hashlib.sha256(value).hexdigest()[:16]
