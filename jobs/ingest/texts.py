"""Texts that come as rows, in JSON or Parquet: which columns are read is told in jobs/ingest/columns.py."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from decantry.jobs.ingest import ids, row_groups
from decantry.jobs.ingest.child import Lost
from decantry.jobs.ingest.columns import columns_of, fields_of, names_in
from decantry.jobs.ingest.lines import LONGEST_LINE, Lines
from decantry.jobs.ingest.rows import reject_row
from decantry.jobs.ingest.whole_json import Broken, WholeJson
from decantry.jobs.process.address import public
from decantry.jobs.store.errors import SourceError
from decantry.udfs.archive.candidates import Rejected
from decantry.udfs.archive.paths import crawl_of, is_crawl
from decantry.udfs.page.moments import moment_of
from decantry.udfs.page.page import address_fields, clean, without_surrogates

if TYPE_CHECKING:
    from decantry.jobs.ingest.isolation import Isolated
    from decantry.jobs.ingest.options import ReadingOptions
    from decantry.jobs.ingest.plan import Part

BATCH_CHARACTERS = 16 << 20
"""Text that is held, and whose languages are then named in a child process."""
BATCH_ROWS = 4096

Row = dict[str, Any]


class NotTexts(Exception):
    """The file holds no rows with texts: why, in one line."""


def read_texts(part: Part, kind: str, options: ReadingOptions, apart: Isolated[Any, Any]) -> Iterator[Row]:
    """The rows of the part's documents and rejects; languages are named `apart`. Raises SourceError, NotTexts.

    `kind` is one of ROWS; json is read in one piece. `warc_offset` is a row's number: in the file, but for JSONL in
    the part. The last row, of kind `texts`, has the `columns` of the first row that has any, and the number of `lines`
    of JSONL, which the numbers of the parts after it need. What rows `noted` about what they gave is in each of them.
    """
    rows = ROWS[kind](part, options)
    held: list[Row] = []
    size = 0
    columns: list[str] = []
    try:
        for number, found in rows:
            value = _parsed(found)
            if not columns and isinstance(value, dict):
                columns = names_in(value)
            held.append(text_row(value, number, part, options))
            size += len(held[-1].get("text") or "")
            if size >= BATCH_CHARACTERS or len(held) >= BATCH_ROWS:
                yield from _named(held, apart)
                held, size = [], 0
    except (SourceError, NotTexts):
        yield from _named(held, apart)
        raise
    if isinstance(rows, Lines | WholeJson) and rows.damage:
        held.append(text_row(Rejected("archive", *rows.damage), rows.count, part, options))
    yield from _named(held, apart)
    yield {"kind": "texts", "columns": columns, "lines": rows.count if isinstance(rows, Lines) else None}


def text_row(value: Any, number: int, part: Part, options: ReadingOptions) -> Row:
    """The document without its language, or the reject, that one row of a file becomes; `value` is a Rejected where it
    could not be read.
    """
    crawl, noted = options.crawl, []
    if isinstance(value, dict):
        layout, row = fields_of(value, options.columns)
        noted = [f"layout {layout}"] if layout else []
        crawl = crawl or crawl_of_row(row)
        value = _fields(row, noted) if crawl is None or is_crawl(crawl) else _of_no_crawl(row, crawl)
    path = part.source.path
    named = crawl if crawl is not None and is_crawl(crawl) else crawl_of(path)
    place = {"warc_path": path, "crawl": named, "part": part.start}
    if isinstance(value, Rejected):
        return reject_row(value, number, None, place, "given")
    return {"kind": "document", **value, **place, "warc_offset": number, "noted": noted}


def _named(rows: list[Row], apart: Isolated[Any, Any]) -> Iterator[Row]:
    """The rows, the documents with their languages, which a process of its own names: a text may kill the model."""
    texts = [row["text"] for row in rows if row["kind"] == "document"]
    languages = apart.each(texts)
    for row in rows:
        if row["kind"] != "document":
            yield row
        elif isinstance(named := next(languages), Lost):
            lost = Rejected("decode", named.reason, named.detail, row["id"], row["url"])
            place = {name: row[name] for name in ("warc_path", "crawl", "part")}
            yield reject_row(lost, row["warc_offset"], None, place, "given")
        else:
            yield {**row, **named}


def crawl_of_row(row: Row) -> str | None:
    """What the row says of its crawl; null where it says nothing."""
    named = row.get("dump")
    return None if named is None or named == "" else without_surrogates(str(named))


def _of_no_crawl(row: Row, crawl: str) -> Rejected:
    id_, url = (v if isinstance(v := row[name], str) else None for name in ("id", "url"))
    return Rejected("decode", "bad_crawl", f"the row is of a crawl called {crawl[:60]!r}", id_, url)


def _fields(row: Row, noted: list[str]) -> Row | Rejected:
    """The document's columns; what could not be read, and is null, or was made, is added to `noted`."""
    text, url = row["text"], row["url"]
    if url is not None and not isinstance(url, str):
        noted.append("url not read")
    url = clean(url.strip("\0")) or None if isinstance(url, str) else None
    try:
        id_ = ids.given(row["id"])
    except ValueError as error:
        return Rejected("decode", "missing_id", str(error), None, url)
    if not isinstance(text, str):
        return Rejected("decode", "missing_text", f"the row has {_no_text(text)}", id_, url)
    if "\0" in text:
        noted.append("NUL in text replaced")
    text, fetched_at = clean(text), moment_of(row["date"])
    if fetched_at is None and not _is_nothing(row["date"]):
        noted.append("date not read")
    if id_ is None:
        noted.append("id made of content")
        id_ = ids.made(url, fetched_at, text)
    return {"id": id_, "extractor": "given", "fetched_at": fetched_at, **address_fields(url), "text": text}


def _no_text(text: Any) -> str:
    if text is None:
        return "no text"
    return (
        "a text in bytes that are not UTF-8" if isinstance(text, bytes) else f"a text that is a {type(text).__name__}"
    )


def _is_nothing(date: Any) -> bool:
    """Whether a date is none: null, blank, or the number that is none."""
    return date is None or (isinstance(date, str) and not date.strip()) or date != date


def _parsed(line: Any) -> Row | Rejected:
    """The object that a line holds, or why it holds none."""
    if line is None:
        return Rejected("http", "too_large", f"a line of more than {LONGEST_LINE} bytes")
    if isinstance(line, bytes):
        try:
            line = json.loads(line)
        except (ValueError, RecursionError) as error:
            return Rejected("decode", "not_json", f"{error}: {line[:60]!r}")
    if isinstance(line, Broken):
        return Rejected("decode", "not_json", line.why)
    if not isinstance(line, dict):
        return Rejected("decode", "not_json", f"not an object: {line!r:.60}")
    return line


def _parquet(part: Part, options: ReadingOptions) -> Iterator[tuple[int, Row]]:
    import pyarrow as pa

    try:
        yield from row_groups.rows(part, partial(columns_of, given=options.columns))
    except SourceError:
        raise
    except LookupError as error:
        raise NotTexts(f"{public(part.source.uri)}: it has {error.args[0]}") from None
    except (pa.ArrowException, OSError, OverflowError, ValueError) as error:
        told = str(error)[:120]
        raise NotTexts(f"{public(part.source.uri)}: it is no Parquet file that can be read ({told})") from None


ROWS: dict[str, Callable[[Part, ReadingOptions], Iterable[tuple[int, Any]]]] = {
    "jsonl": lambda part, _: Lines(part),
    "json": lambda part, _: WholeJson(part),
    "parquet": _parquet,
}
"""By format, the rows that begin in a part of a file: each one's number, and its columns or the JSON of them."""
