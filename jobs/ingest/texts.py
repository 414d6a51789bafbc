"""Documents from rows of JSON or Parquet files. jobs/ingest/columns.py chooses the columns."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from decantry.jobs.ingest import ids, row_groups
from decantry.jobs.ingest.columns import columns_of, fields_of, names_in
from decantry.jobs.ingest.lines import LONGEST_LINE, Lines
from decantry.jobs.ingest.partitions import partition_values
from decantry.jobs.ingest.rows import reject_row
from decantry.jobs.ingest.whole_json import Broken, WholeJson
from decantry.jobs.process.address import public
from decantry.jobs.store.errors import SourceError
from decantry.udfs.archive.candidates import Rejected
from decantry.udfs.archive.paths import crawl_of, is_crawl
from decantry.udfs.page.moments import moment_of
from decantry.udfs.page.page import address_fields, clean, without_surrogates

if TYPE_CHECKING:
    from decantry.jobs.ingest.options import ReadingOptions
    from decantry.jobs.ingest.plan import Part

Row = dict[str, Any]


class NoTextRows(Exception):
    """The file has no rows with texts; the message says why, in one line."""


def read_texts(
    part: Part,
    kind: str,
    options: ReadingOptions,
    id_of: Callable[[Any], str | None] = ids.given_id,
) -> Iterator[Row]:
    """The rows of the part's documents and rejects. Raises SourceError, NoTextRows.

    `kind` is a key of ROWS. `id_of` reads the id that a row gives. `warc_offset` is the row's number in the file, or
    for JSONL in the part. Each document lists in `noted` what was changed or could not be read. The last row has the
    kind `texts`. It has the `columns` of the first row that has any and, for JSONL, the number of `lines`, from which
    `numbered` computes the row numbers of later parts.
    """
    rows = ROWS[kind](part, options)
    columns: list[str] = []
    values = {**partition_values(part.source.path), **dict(part.source.columns)}
    for number, found in rows:
        value = _parsed(found)
        if not columns and isinstance(value, dict):
            columns = names_in(value)
        yield text_row(value, number, part, options, id_of, values)
    if isinstance(rows, Lines | WholeJson) and rows.damage:
        if not rows.count:
            raise NoTextRows(f"{public(part.source.uri)}: no row can be read: {rows.damage[1]}")
        yield text_row(Rejected("archive", *rows.damage), rows.count, part, options)
    yield {"kind": "texts", "columns": columns, "lines": rows.count if isinstance(rows, Lines) else None}


def text_row(
    value: Any,
    number: int,
    part: Part,
    options: ReadingOptions,
    id_of: Callable[[Any], str | None] = ids.given_id,
    values: Row | None = None,
) -> Row:
    """The document of one row of a file, without its language, or its reject.

    `value` is the row as a dictionary, or a Rejected if it could not be read. `id_of` reads the id that the row gives;
    where it raises ValueError, the row is rejected. `values` are columns of all rows of the file, which have the fields
    that a row itself has not.
    """
    crawl, noted = options.crawl, []
    if isinstance(value, dict):
        notes, own = fields_of(value, options.columns)
        row = own
        if values:
            notes, others = fields_of({**values, **value}, options.columns)
            row = {name: others[name] if found is None else found for name, found in own.items()}
        noted = list(notes)
        if crawl is None:
            crawl = crawl_of_row(row)
            if crawl is not None and own["dump"] is None and not is_crawl(crawl):
                crawl = None  # the folder's name has another meaning
            noted += ["dump not read"] if crawl is None and not _is_missing(row["dump"]) else []
        value = _fields(row, own["date"], noted, id_of) if crawl is None or is_crawl(crawl) else _bad_crawl(row, crawl)
    path = part.source.path
    name = crawl if crawl is not None and is_crawl(crawl) else crawl_of(path)
    columns = {"warc_path": path, "crawl": name, "part": part.start}
    if isinstance(value, Rejected):
        return reject_row(value, number, None, columns, "given")
    return {"kind": "document", **value, **columns, "warc_offset": number, "noted": noted}


def crawl_of_row(row: Row) -> str | None:
    """The crawl that the row names: a string, a number or a day; None if it names none, or is anything else."""
    name = row.get("dump")
    if isinstance(name, str):
        return None if _is_missing(name) else without_surrogates(name)
    if isinstance(name, date):
        return name.isoformat().removesuffix("T00:00:00+00:00")
    if isinstance(name, bool | bytes):
        return None
    try:
        return ids.given_id(name)
    except ValueError:
        return None


def _bad_crawl(row: Row, crawl: str) -> Rejected:
    id_, url = (v if isinstance(v := row[name], str) else None for name in ("id", "url"))
    return Rejected("decode", "bad_crawl", f"the row has an invalid name of a crawl: {crawl[:60]!r}", id_, url)


def _fields(row: Row, own_date: Any, noted: list[str], id_of: Callable[[Any], str | None]) -> Row | Rejected:
    """The document's columns. A field that could not be read or was made up is added to `noted`.

    An id that is made of content has `own_date`, the date that the row itself has, and not that of its folder.
    """
    text, url = row["text"], row["url"]
    if not isinstance(url, str) and not _is_missing(url):
        noted.append("url not read")
    url = clean(url.strip("\0")) if isinstance(url, str) else ""
    url = None if not url or url.isspace() else url
    try:
        id_ = id_of(row["id"])
    except ValueError as error:
        return Rejected("decode", "missing_id", str(error), None, url)
    if not isinstance(text, str):
        return Rejected("decode", "missing_text", f"the row has {_instead_of_text(text)}", id_, url)
    if "\0" in text:
        noted.append("NUL in text replaced")
    text, fetched_at = clean(text), moment_of(row["date"])
    if fetched_at is None and not _is_missing(row["date"]):
        noted.append("date not read")
    if id_ is None:
        noted.append("id made of content")
        id_ = ids.content_id(url, moment_of(own_date), text)
    address = address_fields(url)
    if url is not None and address["host"] is None:
        noted.append("url without a host")
    return {"id": id_, "extractor": "given", "fetched_at": fetched_at, **address, "text": text}


def _instead_of_text(text: Any) -> str:
    """What the row has where its text should be."""
    if text is None:
        return "no text"
    return (
        "a text in bytes that are not UTF-8" if isinstance(text, bytes) else f"a text that is a {type(text).__name__}"
    )


def _is_missing(value: Any) -> bool:
    """Whether a row has no such value: None, a blank string, or NaN."""
    return value is None or (isinstance(value, str) and not value.strip()) or value != value


def _parsed(line: Any) -> Row | Rejected:
    """The object in a line, or a Rejected that says why the line has none."""
    if line is None:
        return Rejected("http", "too_large", f"a line of more than {LONGEST_LINE} bytes")
    if isinstance(line, bytes):
        try:
            line = json.loads(line.lstrip(codecs.BOM_UTF8))
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
        raise NoTextRows(f"{public(part.source.uri)}: it has {error.args[0]}") from None
    except (pa.ArrowException, OSError, OverflowError, ValueError) as error:
        with part.source.open(0) as stream:
            why = str(error)[:120] if stream.read(4) == b"PAR1" else "it is compressed as a whole: decompress it"
        raise NoTextRows(f"{public(part.source.uri)}: it is not a readable Parquet file ({why})") from None


ROWS: dict[str, Callable[[Part, ReadingOptions], Iterable[tuple[int, Any]]]] = {
    "jsonl": lambda part, _: Lines(part),
    "json": lambda part, _: WholeJson(part),
    "parquet": _parquet,
}
"""By format, a function from a part of a file to the rows that begin in it: each row's number, and its columns or their
JSON."""
