"""The inputs that the user named, as a list of files."""

from __future__ import annotations

import codecs
import gzip
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from decantry.jobs.process.address import public
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.sources.allowed import require_listed, require_scheme
from decantry.jobs.sources.folders import local_files, named, objects
from decantry.jobs.sources.names import TOLD, is_list, local_name, local_path, scheme
from decantry.jobs.sources.notes import Notes, Tell
from decantry.jobs.sources.source import Source, open_at
from decantry.jobs.sources.tables import Tables
from decantry.jobs.store.errors import SourceError, Unavailable
from decantry.jobs.store.s3_store import split
from decantry.udfs.archive.paths import canonical_path

COMMON_CRAWL = "https://data.commoncrawl.org/"
"""Where Common Crawl's files are read from, unless DECANTRY_COMMONCRAWL is set (s3://commoncrawl/ on AWS)."""
LONGEST_LIST = 1 << 28
"""The largest list of paths that is read, in bytes."""


def expand(
    inputs: Sequence[str], limit: int | None = None, tell: Tell = lambda line: None, warn: Tell | None = None
) -> list[Source]:
    """The files that the inputs name, each once and in order, at most `limit`.

    An input is a path, a glob, a folder, an http(s) or s3 URI (s3 also with a glob or as a folder that ends with `/`),
    or a file with a list of these. A Delta table's folder means the files of its newest version. `tell` is called with
    a line about files that are no part of the input, `warn` with one about other files that are skipped. Raises
    UserError for an input that names no file, and InfrastructureError if a store does not answer.
    """
    if not inputs:
        raise UserError("no input was named: use --input with a file, a glob, a folder, a URI or a list of paths")
    if limit is not None and limit < 1:
        raise UserError(f"--limit {limit} is no number of archives: use 1 or more")
    found: dict[str, Source] = {}
    buckets = [split(given)[0] for given in (*inputs, _common_crawl()) if scheme(given) == "s3"]
    tables, notes = Tables(), Notes(tell, warn or tell)
    for given in inputs:
        for source in _expand(local_name(given), buckets, tables, notes):
            found.setdefault(source.path, source)
            if limit is not None and len(found) >= limit:
                return list(found.values())
    return list(found.values())


def _expand(given: str, buckets: Sequence[str], tables: Tables, notes: Notes) -> Iterator[Source]:
    if not given.strip():
        raise UserError("an --input is empty: name a file, a glob, a folder, a URI or a list of paths")
    require_scheme(given, f"the input {public(given)}")
    kind = scheme(given)
    try:
        is_folder = kind == "file" and local_path(given).is_dir()
        if is_list(given) and not is_folder and not _is_archive(given):
            yield from _listed(given, buckets, tables)
        elif kind == "file":
            yield from local_files(given, tables, notes)
        elif kind == "s3":
            yield from objects(given, tables, notes)
        else:
            yield Source(given, canonical_path(public(given)))
    except Unavailable as error:
        raise InfrastructureError(f"cannot read the input {error}") from None
    except SourceError as error:
        raise UserError(f"cannot read the input {error}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(f"cannot read the input {public(given)[:TOLD]}: {reason}") from None


def _is_archive(uri: str) -> bool:
    head = _text(uri, 1 << 12)[:5]
    return head == b"WARC/"


def _listed(uri: str, buckets: Sequence[str], tables: Tables) -> Iterator[Source]:
    """The files that a list names, one a line. Empty lines and lines that begin with `#` are ignored.

    Raises UserError if the list names something that a list may not name.
    """
    data = _text(uri, LONGEST_LIST + 1)
    if len(data) > LONGEST_LIST:
        raise UserError(f"the list {public(uri)} has more than {LONGEST_LIST >> 20} MiB: name its parts, each a list")
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    lines = [line.strip() for line in re.split("[\r\n]", data.decode(encoding, "replace"))]
    names = [line for line in lines if line and not line.startswith("#")]
    if not names:
        raise UserError(f"the list {public(uri)} names no archive")
    if "\0" in names[0]:
        raise UserError(f"the list {public(uri)} is no text: write it in UTF-8")
    if names[0].startswith(("{", "[{")):
        raise UserError(f"the list {public(uri)} holds JSON and no paths: rows of texts are in a file named .jsonl")
    for name in names:
        resolved = _resolve(name, uri)
        require_listed(name, resolved, uri, buckets)
        if scheme(resolved) in ("http", "https"):
            yield Source(resolved, canonical_path(public(resolved)), listed=True)
        else:
            yield replace(named(resolved, tables), listed=True)


def _resolve(name: str, uri: str) -> str:
    """The address of a line of the list at `uri`. Common Crawl's paths are beside the list or at Common Crawl."""
    if scheme(name) != "file" or name.startswith(("/", "file://")):
        return name
    root = _common_crawl()
    if not name.startswith("crawl-data/"):
        return uri.rsplit("/", 1)[0] + "/" + name if "/" in uri else name
    before, mark, _ = uri.rpartition("crawl-data/")
    if scheme(uri) != "file":
        return (before if mark else root) + name
    for folder in (before if mark else None, str(local_path(uri).parent)):
        if folder is not None and Path(folder, name).exists():
            return str(Path(folder, name))
    return root + name


def address_of(path: str) -> str:
    """The address from which a file with this canonical path is read: Common Crawl's for its paths, else the path."""
    return _common_crawl() + path if path.startswith("crawl-data/") else path


def _common_crawl() -> str:
    return os.environ.get("DECANTRY_COMMONCRAWL", COMMON_CRAWL).rstrip("/") + "/"


def _text(uri: str, limit: int) -> bytes:
    """The first `limit` bytes of a text file, decompressed if it is gzip."""
    with open_at(uri) as stream:
        head = stream.read(2)
    with open_at(uri) as stream:
        try:
            if head == b"\x1f\x8b":
                with gzip.open(stream) as unpacked:
                    return unpacked.read(limit)
            return _all(stream, limit)
        except (OSError, EOFError) as error:
            raise SourceError(f"{public(uri)}: {error}") from None


def _all(stream: object, limit: int) -> bytes:
    data = b""
    while len(data) < limit and (block := stream.read(min(1 << 20, limit - len(data)))):  # type: ignore[attr-defined]
        data += block
    return data
