"""What a task does: read a part of a file, and give the rows of its documents, its rejects and its counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from decantry.jobs.ingest.child import Lost
from decantry.jobs.ingest.formats import NotReadable, beginning, format_of
from decantry.jobs.ingest.isolation import Isolated
from decantry.jobs.ingest.rows import COLUMNS, batches_of, reject_row
from decantry.jobs.ingest.texts import NotTexts, read_texts
from decantry.jobs.store.errors import SourceError
from decantry.udfs.archive.candidates import GivenText, Page, Rejected, Skipped, Taken, take
from decantry.udfs.archive.paths import crawl_of
from decantry.udfs.archive.warc import Damage, Entry, Handover, read_archive
from decantry.udfs.page.html import NATIVE, extract_function
from decantry.udfs.page.language import load
from decantry.udfs.page.page import Reading, language_fields, named_fields, page_fields, wet_fields
from decantry.udfs.page.spark_files import local

if TYPE_CHECKING:
    import pyarrow as pa

    from decantry.jobs.ingest.options import ReadingOptions
    from decantry.jobs.ingest.plan import Part

BATCH_BYTES = 16 << 20
"""Markup that is held, and then worked on in a child process: some half a second's work."""
BATCH_ROWS = 4096
KEPT_HEADERS = ("content-type", "content-language", "last-modified", "x-robots-tag", "server", "link", "refresh")
"""HTTP headers that bronze/pages keeps."""

FIRST = Page(
    "", "https://www.exämple.co.uk/", "", 200, "", None, None, {}, "<meta charset=utf-8><p>Ein Wört, слово.".encode()
)
"""A page that every worker reads first, so that what is loaded at first use is there before it has children."""

Row = dict[str, Any]
Apart = Isolated[Page | GivenText | str, Row | Rejected]
"""The process that texts are made and languages named in."""


def read_parts(parts: list[Part], options: ReadingOptions) -> Iterator[pa.RecordBatch]:
    """The rows of the parts in record batches; each part's last row counts what it held."""
    reading = reading_of(options)
    with work_apart(reading) as apart:
        rows = (row for part in parts for row in read_part(part, options, reading, apart))
        yield from batches_of(rows, COLUMNS.values())


def reading_of(options: ReadingOptions) -> Reading:
    """The extractor and the language model, loaded once a process."""
    model = load(local(options.model_path), options.model_sha256)
    extract = extract_function(options.extractor)
    reading = Reading(extract, options.extractor_name, model.identify, options.extractor in NATIVE)
    language_fields(str(page_fields(FIRST, reading)), reading.identify)
    return reading


def read_part(part: Part, options: ReadingOptions, reading: Reading, apart: Apart) -> Iterator[Row]:
    """The rows of one part. A file that cannot be read gives a count row with its error, and no exception."""
    count = Counted(part, options)
    try:
        head = beginning(part)
        kind = format_of(part, head, options.format)
        if kind == "empty":
            pass
        elif kind != "archive":
            for row in read_texts(part, kind, options, apart):
                yield from count.seen(row)
        else:
            count.crawl = crawl_of(part.source.path, head, options.crawl)
            for row in _archive(part, options, reading, apart, count):
                yield from count.seen(row)
    except (SourceError, NotReadable, NotTexts) as error:
        count.error = str(error)
    yield count.row()


def _archive(part: Part, options: ReadingOptions, reading: Reading, apart: Apart, count: Counted) -> Iterator[Row]:
    source = part.source
    open_ = source.open
    with open_(0) as stream:
        head = stream.read(8)
    place = {"warc_path": source.path, "crawl": count.crawl}
    held: list[Entry[Taken] | Damage] = []
    size = 0
    for read in read_archive(open_, head, take, part.start, part.end):
        if isinstance(read, Handover):
            count.first, count.next = read.first, read.next
            continue
        held.append(read)
        size += _bytes(read)
        if size >= BATCH_BYTES or len(held) >= BATCH_ROWS:
            yield from _rows(held, place, options, reading, apart)
            held, size = [], 0
    yield from _rows(held, place, options, reading, apart)


def _bytes(read: Entry[Taken] | Damage) -> int:
    taken = read.value if isinstance(read, Entry) else None
    return len(taken.html) if isinstance(taken, Page) else len(taken.text) if isinstance(taken, GivenText) else 0


def _rows(
    held: list[Entry[Taken] | Damage], place: Row, options: ReadingOptions, reading: Reading, apart: Apart
) -> Iterator[Row]:
    """The rows of some records, their texts and languages made in a process of its own."""
    texts = [read.value for read in held if isinstance(read, Entry) and isinstance(read.value, Page | GivenText)]
    made = apart.each(texts)
    for read in held:
        if isinstance(read, Damage):
            rejected = Rejected("archive", read.reason, read.detail, read.id, read.url)
            yield reject_row(rejected, read.offset, read.length, place, reading.extractor)
        elif isinstance(read.value, Skipped):
            yield {"kind": "skipped", "reason": read.value.why}
        elif isinstance(read.value, Rejected):
            yield reject_row(read.value, read.offset, read.length, place, reading.extractor)
        else:
            yield from _made(read, read.value, next(made), place, options, reading)


def work_apart(reading: Reading) -> Apart:
    """The process that a task's pages are worked on in.

    All texts are made, and then their languages are named: by turns, the extractor and the language model would push
    each other out of the processor's caches, and all of it would take a fifth longer (docs/benchmarks.md).
    """
    return Isolated(partial(fields_of, reading=reading), partial(with_language, reading=reading))


def fields_of(taken: Page | GivenText | str, reading: Reading) -> Row | Rejected | str:
    """The columns of a page's or a given text's document, but for place and language; a bare text as it is."""
    if isinstance(taken, str):
        return taken
    return page_fields(taken, reading) if isinstance(taken, Page) else wet_fields(taken)


def with_language(made: Row | Rejected | str, reading: Reading) -> Row | Rejected:
    """The columns with those of the language; of a bare text, the latter alone."""
    if isinstance(made, str):
        return language_fields(made, reading.identify)
    return made if isinstance(made, Rejected) else named_fields(made, reading)


def _made(
    entry: Entry[Taken], taken: Page | GivenText, fields: Row | Rejected | Lost, place: Row, options: ReadingOptions,
    reading: Reading,
) -> Iterator[Row]:  # fmt: skip
    if isinstance(fields, Lost):
        fields = Rejected("extract", fields.reason, fields.detail, taken.id, taken.url)
    if isinstance(fields, Rejected):
        yield reject_row(fields, entry.offset, entry.length, place, reading.extractor)
        return
    lies = {**place, "warc_offset": entry.offset, "warc_length": entry.length}
    yield {"kind": "document", **fields, **lies}
    if options.keep_html and isinstance(taken, Page):
        yield page_row(taken, fields, lies)


def page_row(page: Page, fields: Row, lies: Row) -> Row:
    """The row of a raw page."""
    import zstandard

    same = ("id", "url", "fetched_at", "http_status", "content_type")
    headers = [(name, page.headers[name]) for name in KEPT_HEADERS if name in page.headers]
    html = zstandard.ZstdCompressor(level=3).compress(page.html)
    return {"kind": "page", **{name: fields[name] for name in same}, **lies, "headers": headers, "html": html}


class Counted:
    """What a part held, counted while its rows pass."""

    def __init__(self, part: Part, options: ReadingOptions) -> None:
        """Nothing has been counted."""
        self.part = part
        self.crawl = crawl_of(part.source.path, None, options.crawl)
        self.error: str | None = None
        self.lines: int | None = None
        self.columns: list[str] | None = None
        self.first: int | None = None
        self.next: int | None = None
        self._counts: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()
        self._crawls: Counter[str] = Counter()
        self._noted: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()

    def seen(self, row: Row) -> Iterator[Row]:
        """The row, counted; rows of skipped records and of what a file of rows held are only counted."""
        kind = row["kind"]
        if kind == "texts":
            self.lines, self.columns = row["lines"], row["columns"]
            return
        if kind == "skipped":
            self._skipped[row["reason"]] += 1
            return
        if kind == "reject" and row["stage"] == "archive":
            kind = "damage"
        self._counts[kind] += 1
        if kind == "document":
            self._crawls[row["crawl"]] += 1
            self._noted.update(row.pop("noted", ()))
        elif kind == "reject" and row["extractor"] == "given":
            self._reasons[row["reason"]] += 1
        yield row

    def row(self) -> Row:
        """The count row."""
        skipped = sum(self._skipped.values())
        return {
            "kind": "count",
            "warc_path": self.part.source.path,
            "crawl": self.crawl,
            "part": self.part.start,
            "records": skipped + self._counts["document"] + self._counts["reject"],
            "documents": self._counts["document"],
            "rejects": self._counts["reject"],
            "damages": self._counts["damage"],
            "skipped": sorted(self._skipped.items()),
            "crawls": sorted(self._crawls.items()),
            "noted": sorted(self._noted.items()),
            "reasons": sorted(self._reasons.items()),
            "columns": None if self.columns is None else json.dumps(self.columns),
            "error": self.error,
            "lines": self.lines,
            "first": self.first,
            "next": self.next,
        }
