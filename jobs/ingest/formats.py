"""The format of a file. Its first bytes take precedence over its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.ingest.foreign import foreign
from decantry.jobs.ingest.whole_json import is_whole
from decantry.jobs.process.address import public
from decantry.jobs.sources.names import format_by_name
from decantry.udfs.archive.members import RECORD, Input, Member
from decantry.udfs.archive.warc import codec_of, holds_record, is_hollow

if TYPE_CHECKING:
    from decantry.jobs.ingest.plan import Part

HEAD = 1 << 16
"""How many bytes at the start of a file are read to find its format and its crawl."""


class UnreadableFile(Exception):
    """The file has no readable format; the message says why, in one line."""


def beginning(part: Part) -> bytes:
    """The file's first HEAD bytes, decompressed; fewer if the file is shorter or damaged. Raises SourceError or
    UnreadableFile.
    """
    open_ = part.source.open
    with open_(0) as stream:
        head = stream.read(HEAD)
    try:
        codec = codec_of(head, open_)
    except ValueError as error:
        raise UnreadableFile(f"{public(part.source.uri)}: {error}") from None
    if codec is None:
        return head
    source = Input(open_, 0)
    data = b""
    try:
        while len(data) < HEAD and source.peek(1):
            member = Member(source, codec, open_)
            while len(data) < HEAD and (piece := member.read(HEAD)):
                data += piece
            if member.failure is not None:
                raise member.failure
            if not member.finished or member.damage is not None:
                break
    finally:
        source.close()
    return data


def format_of(part: Part, head: bytes, given: str) -> str:
    """`archive`, `empty`, or a format of rows: `parquet`, `jsonl`, or `json`, which is read as a whole.

    `head` is the result of `beginning`, and `given` the option `--format`. Raises UnreadableFile.
    """
    if RECORD.match(head):
        return "archive"
    if head.startswith(b"PAR1"):
        return "parquet"
    if part.source.bytes == 0:
        return "empty"
    named = given if given != "auto" else format_by_name(part.source.uri)
    if what := foreign(head, named in ("warc", "wet")):
        raise UnreadableFile(f"{public(part.source.uri)}: it is {what}")
    if named not in ("warc", "wet", "parquet") and is_whole(head):
        return "json"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and named not in ("warc", "wet"):
        return "jsonl"
    if named == "parquet":
        raise UnreadableFile(f"{public(part.source.uri)}: it is not a Parquet file")
    if named in ("warc", "wet") and (part.start or holds_record(part.source.open, head)):
        return "archive"
    if named not in ("warc", "wet", None):
        return named
    if not head and is_hollow(part.source.open):
        return "empty"
    seen = f"it begins with {head[:40]!r}" if head else "its first bytes do not decompress, and no record follows"
    wanted = "not an archive" if named is not None else "neither an archive nor rows in Parquet or JSON lines"
    raise UnreadableFile(f"{public(part.source.uri)}: it is {wanted}; {seen}")
