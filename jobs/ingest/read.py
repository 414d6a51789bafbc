"""The work of a reading task: a part of a file becomes rows of documents, rejects and counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from decantry.jobs.ingest.child import Lost
from decantry.jobs.ingest.formats import UnreadableFile, beginning, format_of
from decantry.jobs.ingest.isolation import PAGE_SECONDS, InProcess, Isolated
from decantry.jobs.ingest.rows import COLUMNS, batches_of, reject_row
from decantry.jobs.ingest.texts import NoTextRows, read_texts
from decantry.jobs.store.errors import SourceError
from decantry.udfs.archive.candidates import GivenText, Page, Rejected, Skipped, Taken, take
from decantry.udfs.archive.paths import crawl_of
from decantry.udfs.archive.warc import Damage, Entry, Handover, read_archive
from decantry.udfs.archive.warcinfo import warcinfo_of
from decantry.udfs.page.html import extract_function, markup_itself
from decantry.udfs.page.page import Reading, page_fields, wet_fields

if TYPE_CHECKING:
    import pyarrow as pa

    from decantry.jobs.ingest.options import ReadingOptions
    from decantry.jobs.ingest.plan import Part

BATCH_BYTES = 16 << 20
"""The markup that is sent to a child process at a time, in bytes: some half a second of work."""
BATCH_ROWS = 4096
"""The records that are held at a time."""
KEPT_HEADERS = ("content-type", "content-language", "last-modified", "x-robots-tag", "server", "link", "refresh")
"""HTTP headers that bronze/pages keeps."""

WARM_UP = Page(
    "", "https://www.exämple.co.uk/", "", 200, "", None, None, {}, "<meta charset=utf-8><p>Ein Wört, слово.".encode()
)
"""A page that every worker reads first: it loads what is loaded at first use, before the worker forks children."""

Row = dict[str, Any]
T = TypeVar("T")
R = TypeVar("R")
Worker = Isolated[Page, Row | Rejected] | InProcess[Page, Row | Rejected]
"""What makes pages into the columns of documents."""


def read_parts(parts: list[Part], options: ReadingOptions) -> Iterator[pa.RecordBatch]:
    """The rows of the parts in record batches. The last row of each part has its counts."""
    reading = reading_of(options)
    with text_worker(reading) as worker:
        rows = (row for part in parts for row in read_part(part, options, reading, worker))
        yield from batches_of(rows, COLUMNS.values())


def reading_of(options: ReadingOptions) -> Reading:
    """The extractor, loaded once in each process."""
    reading = Reading(extract_function(options.extractor), options.extractor_name)
    page_fields(WARM_UP, reading)
    return reading


def read_part(part: Part, options: ReadingOptions, reading: Reading, worker: Worker) -> Iterator[Row]:
    """The rows of one part. If the file cannot be read, the count row has the error, and nothing is raised."""
    counts = PartCounts(part, options)
    try:
        head = beginning(part)
        kind = format_of(part, head, options.format)
        if kind == "empty":
            pass
        elif kind != "archive":
            for row in read_texts(part, kind, options):
                yield from counts.seen(row)
        else:
            counts.crawl = crawl_of(part.source.path, warcinfo_of(head), options.crawl)
            for row in _archive(part, options, reading, worker, counts):
                yield from counts.seen(row)
    except (SourceError, UnreadableFile, NoTextRows) as error:
        counts.error = str(error)
    yield counts.row()


def _archive(
    part: Part, options: ReadingOptions, reading: Reading, worker: Worker, counts: PartCounts
) -> Iterator[Row]:
    """The rows of the part's records, and the positions of its first member and of the next part's, in `counts`."""
    source = part.source
    open_ = source.open
    with open_(0) as stream:
        head = stream.read(8)
    file = {"warc_path": source.path, "crawl": counts.crawl}
    batch: list[Entry[Taken] | Damage] = []
    size = 0
    for read in read_archive(open_, head, take, part.start, part.end):
        if isinstance(read, Handover):
            counts.first, counts.next = read.first, read.next
            continue
        batch.append(read)
        size += _size(read)
        if size >= BATCH_BYTES or len(batch) >= BATCH_ROWS:
            yield from _rows(batch, file, options, reading, worker)
            batch, size = [], 0
    yield from _rows(batch, file, options, reading, worker)


def _size(read: Entry[Taken] | Damage) -> int:
    """The bytes of a page's markup or of a given text; 0 for anything else."""
    candidate = read.value if isinstance(read, Entry) else None
    if isinstance(candidate, Page):
        return len(candidate.html)
    return len(candidate.text) if isinstance(candidate, GivenText) else 0


def _rows(
    batch: list[Entry[Taken] | Damage], file: Row, options: ReadingOptions, reading: Reading, worker: Worker
) -> Iterator[Row]:
    """The rows of a batch of records. The worker extracts the texts of pages.

    `file` has the columns `warc_path` and `crawl`.
    """
    pages = [read.value for read in batch if isinstance(read, Entry) and isinstance(read.value, Page)]
    results = worker.each(pages)
    for read in batch:
        if isinstance(read, Damage):
            rejected = Rejected("archive", read.reason, read.detail, read.id, read.url)
            yield reject_row(rejected, read.offset, read.length, file, reading.extractor)
        elif isinstance(read.value, Skipped):
            yield {"kind": "skipped", "reason": read.value.why}
        elif isinstance(read.value, Rejected):
            yield reject_row(read.value, read.offset, read.length, file, reading.extractor)
        else:
            fields = next(results) if isinstance(read.value, Page) else wet_fields(read.value)
            yield from _document(read, read.value, fields, file, options, reading)


def text_worker(reading: Reading) -> Worker:
    """What works on a task's pages."""
    return worker_for(partial(page_fields, reading=reading), reading)


def worker_for(
    work: Callable[[T], R], reading: Reading, seconds: float = PAGE_SECONDS
) -> Isolated[T, R] | InProcess[T, R]:
    """A child process where the work includes an extractor in Python. A native function extracts in the JVM, later, and
    only decoding is left here. `seconds` is the processor time that a child has for one page.
    """
    return InProcess(work) if reading.extract is markup_itself else Isolated(work, seconds=seconds)


def _document(
    entry: Entry[Taken], candidate: Page | GivenText, fields: Row | Rejected | Lost, file: Row, options: ReadingOptions,
    reading: Reading,
) -> Iterator[Row]:  # fmt: skip
    """The row of the document or the reject, and with `keep_html` that of the raw page."""
    if isinstance(fields, Lost):
        fields = Rejected("extract", fields.reason, fields.detail, candidate.id, candidate.url)
    if isinstance(fields, Rejected):
        yield reject_row(fields, entry.offset, entry.length, file, reading.extractor)
        return
    location = {**file, "warc_offset": entry.offset, "warc_length": entry.length}
    noted = ["date not read"] if candidate.date and fields["fetched_at"] is None else []
    yield {"kind": "document", **fields, **location, "noted": noted}
    if options.keep_html and isinstance(candidate, Page):
        yield page_row(candidate, fields, location)


def page_row(page: Page, fields: Row, location: Row) -> Row:
    """The row of a raw page in bronze/pages. The markup is compressed with zstd."""
    import zstandard

    copied = ("id", "url", "fetched_at", "http_status", "content_type")
    headers = [(name, page.headers[name]) for name in KEPT_HEADERS if name in page.headers]
    html = zstandard.ZstdCompressor(level=3).compress(page.html)
    return {"kind": "page", **{name: fields[name] for name in copied}, **location, "headers": headers, "html": html}


class PartCounts:
    """The counts of one part, taken while its rows pass through `seen`."""

    def __init__(self, part: Part, options: ReadingOptions) -> None:
        """Start with all counts at zero."""
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
        """Count the row and return it. Rows of the kinds `skipped` and `texts` are counted and not returned."""
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
        elif kind == "reject":
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
