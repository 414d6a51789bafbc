"""Reads the record of a document again, with one range request to its archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from decantry.jobs.process.address import public
from decantry.jobs.sources.expand import address_of
from decantry.jobs.sources.source import open_at
from decantry.jobs.store.errors import SourceError
from decantry.udfs.archive.candidates import GivenText, Page, Rejected, Skipped, take
from decantry.udfs.archive.warc import Entry, read_archive

if TYPE_CHECKING:
    from decantry.udfs.archive.members import OpenAt

Found = Page | GivenText | Rejected


def retrieve(document: Mapping[str, Any], source: str | None = None) -> Found:
    """The page or text in the archive for a row of silver/documents (`id, url, warc_path, warc_offset, warc_length`).

    `source` is the file's address if it differs from the one that its path implies. If the archive has no record with
    this id at the offset, the result is a Rejected of stage `extract`, reason `not_found`. Raises SourceError if the
    file cannot be read.
    """
    uri = source or address_of(document["warc_path"])
    offset, length = document["warc_offset"], document["warc_length"]
    if length is None:
        # The record shares a compressed member with others, so the file is read from its start.
        records = _records(partial(open_at, uri))
    else:
        records = islice(_records(partial(_open_within, uri, offset, length)), 1)
    try:
        for found in records:
            if found.id == document["id"]:
                return found
    except ValueError as error:  # the zstd dictionary at the file's start cannot be used
        raise SourceError(f"{public(uri)}: {error}") from None
    return Rejected("extract", "not_found", f"{uri} has no such record at {offset}", document["id"], document["url"])


def _open_within(uri: str, base: int, length: int, offset: int) -> BinaryIO:
    return open_at(uri, base + offset, max(1, length - offset))


def _records(open_: OpenAt) -> Iterator[Found]:
    with open_(0) as stream:
        head = stream.read(8)
    for read in read_archive(open_, head, take):
        if isinstance(read, Entry) and not isinstance(read.value, Skipped):
            yield read.value
