"""Texts that come as rows, in JSONL or Parquet, with `id`, `url`, `text` and perhaps `date` and `dump`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from decantry.jobs.ingest import row_groups
from decantry.jobs.ingest.child import Lost
from decantry.jobs.ingest.isolation import Isolated
from decantry.jobs.ingest.lines import LONGEST_LINE, Lines
from decantry.jobs.ingest.options import ReadingOptions
from decantry.jobs.ingest.plan import Part
from decantry.jobs.ingest.rows import reject_row
from decantry.jobs.sources.address import public
from decantry.jobs.sources.source import SourceError
from decantry.udfs.candidates import Rejected
from decantry.udfs.page import address_fields, instant, without_surrogates
from decantry.udfs.paths import crawl_of, is_crawl

BATCH_CHARACTERS = 16 << 20
"""Text that is held, and whose languages are then named in a child process."""
BATCH_ROWS = 4096
COLUMNS = ("id", "url", "text", "date", "dump")

Row = dict[str, Any]


class NotTexts(Exception):
    """The file holds no rows with texts: why, in one line."""


def read_texts(part: Part, kind: str, options: ReadingOptions, apart: Isolated[Any, Any]) -> Iterator[Row]:
    """The rows of the part's documents and rejects; languages are named `apart`. Raises SourceError, NotTexts.

    `warc_offset` is a row's number: in the file for Parquet, in the part for JSONL. A last row of JSONL, of kind
    `lines`, counts the part's lines, which the numbers of the parts after it need.
    """
    lines = Lines(part) if kind == "jsonl" else None
    values = _parquet(part) if lines is None else ((number, _parsed(line)) for number, line in lines)
    held: list[Row] = []
    size = 0
    try:
        for number, value in values:
            held.append(text_row(value, number, part, options))
            size += len(held[-1].get("text") or "")
            if size >= BATCH_CHARACTERS or len(held) >= BATCH_ROWS:
                yield from _named(held, apart)
                held, size = [], 0
    except (SourceError, NotTexts):
        yield from _named(held, apart)
        raise
    if lines is not None and lines.damage:
        held.append(text_row(Rejected("archive", *lines.damage), lines.count, part, options))
    yield from _named(held, apart)
    if lines is not None:
        yield {"kind": "lines", "lines": lines.count}


def text_row(value: Any, number: int, part: Part, options: ReadingOptions) -> Row:
    """The document without its language, or the reject, that one row of a file becomes; `value` is a Rejected where it
    could not be read.
    """
    crawl = options.crawl or (crawl_of_row(value) if isinstance(value, dict) else None)
    if isinstance(value, dict):
        value = _fields(value) if crawl is None or is_crawl(crawl) else _of_no_crawl(value, crawl)
    path = part.source.path
    named = crawl if crawl is not None and is_crawl(crawl) else crawl_of(path)
    place = {"warc_path": path, "crawl": named, "part": part.start}
    if isinstance(value, Rejected):
        return reject_row(value, number, None, place, "given")
    return {"kind": "document", **value, **place, "warc_offset": number}


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


def crawl_of_row(value: Row) -> str | None:
    """What the row says of its crawl; null where it says nothing."""
    named = value.get("dump")
    return None if named is None or named == "" else without_surrogates(str(named))


def _of_no_crawl(value: Row, crawl: str) -> Rejected:
    id_, url = (without_surrogates(v) if isinstance(v := value.get(name), str) else None for name in ("id", "url"))
    return Rejected("decode", "bad_crawl", f"the row is of a crawl called {crawl[:60]!r}", id_, url)


def _fields(value: Row) -> Row | Rejected:
    id_, url, text = (value.get(name) for name in ("id", "url", "text"))
    url = without_surrogates(url) if isinstance(url, str) and url else None
    id_ = str(id_) if isinstance(id_, int) and not isinstance(id_, bool) else id_
    if not isinstance(id_, str) or not id_:
        if id_ is not None and id_ != "":
            return Rejected("decode", "missing_id", f"the row has an id that is a {type(id_).__name__}", None, url)
        return Rejected("decode", "missing_id", "the row has no id", None, url)
    id_ = without_surrogates(id_)
    if not isinstance(text, str):
        what = "no text" if text is None else f"a text that is a {type(text).__name__}"
        return Rejected("decode", "missing_text", f"the row has {what}", id_, url)
    text = without_surrogates(text)
    return {
        "id": id_,
        "extractor": "given",
        "fetched_at": instant(value.get("date")),
        **address_fields(url),
        "text": text,
    }


def _parsed(line: bytes | None) -> Row | Rejected:
    """The object that a line holds, or why it holds none."""
    if line is None:
        return Rejected("http", "too_large", f"a line of more than {LONGEST_LINE} bytes")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Rejected("decode", "not_json", f"{error}: {line[:60]!r}")
    if not isinstance(value, dict):
        return Rejected("decode", "not_json", f"not an object: {line[:60]!r}")
    return value


def _parquet(part: Part) -> Iterator[tuple[int, Row]]:
    import pyarrow as pa

    try:
        yield from row_groups.rows(part, COLUMNS, ("id", "text"))
    except SourceError:
        raise
    except LookupError as error:
        raise NotTexts(f"{public(part.source.uri)}: {error.args[0]}") from None
    except (pa.ArrowException, OSError, OverflowError, ValueError) as error:
        told = str(error)[:120]
        raise NotTexts(f"{public(part.source.uri)}: it is no Parquet file that can be read ({told})") from None
