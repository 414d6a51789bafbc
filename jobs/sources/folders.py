"""The files that a name, a folder or a glob means, at a path or on S3, and which of them are skipped."""

from __future__ import annotations

import glob
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path

from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.hidden import hidden_part, is_unfinished
from decantry.jobs.sources.names import FORMATS, format_by_name, local_path, scheme
from decantry.jobs.sources.notes import Notes
from decantry.jobs.sources.source import Source
from decantry.jobs.sources.tables import DELTA, STREAM, TableFiles, Tables, Values, folder_of
from decantry.jobs.sources.walk import matching, once, walked, with_names
from decantry.jobs.store.retries import retried
from decantry.jobs.store.s3_store import s3_list, split
from decantry.udfs.archive.paths import canonical_path

_ROWS = FORMATS.keys() - {"warc", "wet"}
"""Formats of a table's files. Archives in its folder are not part of the table."""
_GLOB = re.compile(r"[*?\[]")


def local_files(given: str, tables: Tables, notes: Notes) -> Iterator[Source]:
    """The files that a path, a folder or a glob names. Raises UserError if there are none."""
    path = local_path(given)
    if path.is_dir():
        base, pattern = f"{str(path).rstrip('/')}/", None
        names: Iterable[str] = walked(str(path))
        none = (
            f"the folder {path} holds no archives: expected .warc, .wet, .jsonl or .parquet files; files with other "
            f"names are read if a pattern names them, as in '{base}*'"
        )
    elif path.exists():
        if not _is_text(str(path)):
            raise UserError(f"the name of the input {given!r} is no UTF-8: rename it")
        yield named(str(path), tables)
        return
    elif at := _GLOB.search(str(path)):
        base = folder_of(str(path)[: at.start()]) if "/" in str(path)[: at.start()] else ""
        pattern = with_names(str(path), os.path.isdir)
        dots = {"include_hidden": True} if sys.version_info >= (3, 11) else {}
        deep = "**" in pattern.split("/")
        names = matching(pattern) if deep else glob.glob(pattern, **dots)  # type: ignore[arg-type]  # noqa: PTH207
        none = f"no file matches the input {given}"
    else:
        raise UserError(f"there is no such path as the input {given}{_hint(given)}")
    entries = set(names)
    broken = sum(Path(name).is_symlink() and not Path(name).exists() for name in entries)
    if broken:
        notes.warn(f"the input {given}: passed over {_files(broken, 'link')} whose target is not there")
    asked = pattern[len(base) :] if pattern else ""
    found = once((name for name in entries if Path(name).is_file()), tables.target, base, asked)
    names = [name for name in found if _is_text(name)]
    if len(names) < len(found):
        lost = _files(len(found) - len(names))
        notes.warn(f"the input {given}: passed over {lost} whose names are no UTF-8: rename them")
    yield from _chosen(given, base, pattern, names, tables, notes, none)


def _hint(given: str) -> str:
    """What people mean by a name that is the name of no file."""
    if given == "-":
        return ": the standard input is not read; write it to a file"
    return ": braces are no pattern; repeat --input" if "{" in given and "}" in given else ""


def objects(given: str, tables: Tables, notes: Notes) -> Iterator[Source]:
    """The objects that a key, a folder that ends with `/` or a glob names. Raises UserError if there are none."""
    bucket, key = split(given)
    if not bucket:
        raise UserError(f"the input {given} names no bucket: use s3://BUCKET/PATH")
    whole = f"s3://{bucket}/{key}"
    at = _GLOB.search(key)
    if not at and key and not key.endswith("/"):
        yield named(given, tables)
        return
    prefix = f"s3://{bucket}/{key[: at.start()] if at else key}"
    names = sorted(retried(given, lambda: s3_list(prefix)))
    if whole in names:
        yield named(whole, tables)
        return
    tables.know(prefix, names)
    if at and key.endswith("/") and any(name.startswith(whole) for name in names):
        at = None
    pattern = with_names(whole, lambda folder: any(name.startswith(folder) for name in names)) if at else None
    patterns = _without_folders(pattern) if pattern else []
    names = [n for n in names if (any(fnmatchcase(n, one) for one in patterns) if at else n.startswith(whole))]
    none = f"no archive lies at the input {given}"
    yield from _chosen(given, folder_of(prefix) if at else whole, pattern, names, tables, notes, none)


def _without_folders(pattern: str) -> list[str]:
    """The patterns that a pattern stands for: each `**` also matches no folder, as in a local glob."""
    first, *others = pattern.split("/**/")
    betweens = product(("/**/", "/"), repeat=len(others)) if len(others) < 5 else [("/**/",) * len(others)]
    return [first + "".join(map("".join, zip(between, others, strict=True))) for between in betweens]


def named(name: str, tables: Tables) -> Source:
    """The file that the user named. Raises UserError if it is in a table whose newest version does not have it."""
    local = scheme(name) == "file"
    path = str(local_path(name)) if local else "s3://" + name.split("://", 1)[1]
    key = tables.member(path)
    format_ = format_by_name(path)
    over = tables.over(folder_of(key)) if format_ in _ROWS else None
    if over is None or (format_ != "parquet" and over[1] != STREAM):
        if format_ in _ROWS and tables.uncommitted([path]):
            raise UserError(
                f"the input {name} is a file that no transaction of Databricks has committed: name its folder"
            )
        return Source(name, canonical_path(name))
    table = tables.live(*over)
    if key not in table.files:
        raise UserError(
            f"the input {name} is no file of version {table.version} of the {table.name} {over[0]}, which it lies in: "
            "name the table"
        )
    root = _root(path, over[0], tables) if over[1] == DELTA else None
    return Source(name, canonical_path(name), columns=table.files[key], table=root)


def _chosen(
    given: str, base: str, pattern: str | None, names: Sequence[str], tables: Tables, notes: Notes, none: str
) -> Iterator[Source]:
    """The files below `base` that are archives or match the pattern, in order; `notes` hear about skipped files."""
    asked = pattern[len(base) :] if pattern else ""
    found: dict[str, Values] = {}
    of_table: dict[str, str] = {}
    rows = not names or any(format_by_name(name) in _ROWS for name in names)
    root = tables.over(tables.key(base)) if rows and pattern is None else None
    read = {root} if root else set()
    hidden, dead = Counter[str](), Counter[str]()
    plain, other = list[str](), list[str]()
    for name in names:
        format_ = format_by_name(name)
        over = tables.over(folder_of(tables.member(name))) if format_ in _ROWS else None
        inside = over is not None and over[0].startswith(tables.key(base))
        below = over[0][len(tables.key(base)) :] if over and inside else name[len(base) :]
        if (pattern or format_ or is_unfinished(name)) and (part := hidden_part(below, asked)):
            hidden[part] += "/_delta_log/" not in name
        elif over:
            read.add(over)
            if (values := tables.live(*over).files.get(tables.member(name))) is not None:
                found[name] = values
                if over[1] == DELTA:
                    of_table[name] = _root(name, over[0], tables)
            else:
                dead[over[0]] += "/_delta_log/" not in name
        elif pattern or format_:
            plain.append(name)
        elif not (hidden_part(below) or name.endswith(("/", "_$folder$"))):
            other.append(name)
    if pattern is None:
        existing = {tables.member(name) for name in found}
        for table in sorted(read):
            files = tables.live(*table).files
            found |= {n: v for n, v in files.items() if n.startswith(tables.key(base)) and n not in existing}
            if table[1] == DELTA:
                of_table |= dict.fromkeys(files.keys() - existing, table[0])
    stale = tables.uncommitted(name for name in plain if format_by_name(name) in _ROWS)
    found |= {name: () for name in plain if name not in stale}
    if stale:
        notes.tell(
            f"the input {given}: passed over {_files(len(stale))} that no transaction of Databricks has committed"
        )
    versions = {folder: tables.live(folder, kind) for folder, kind in sorted(read)}
    _tell(notes, given, versions, dead, hidden, other)
    if not found and read:
        raise UserError(f"{min(read)[0]} is a {tables.live(*min(read)).name} that has no files for the input {given}")
    if not found:
        raise UserError(none)
    for name in sorted(found):
        listed = len(found) > 1 or scheme(name) == "s3"
        yield Source(name, canonical_path(name), listed=listed, columns=found[name], table=of_table.get(name))


def _is_text(name: str) -> bool:
    """Whether the name is UTF-8. Tables cannot hold other names."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _root(name: str, folder: str, tables: Tables) -> str:
    """The table's folder in the form in which the file was named; its real name if the file is itself a link."""
    key = tables.key(name)
    if not key.startswith(folder):
        return folder
    within = key[len(folder) :]
    named = name if "://" in name else os.path.abspath(name)  # noqa: PTH100
    return named.removesuffix(within) if named.endswith("/" + within) else folder


def _tell(
    notes: Notes,
    given: str,
    versions: Mapping[str, TableFiles],
    dead: Counter[str],
    hidden: Counter[str],
    other: Sequence[str],
) -> None:
    for folder, table in versions.items():
        gone = f"; passed over {_files(dead[folder])} that this version does not have" if dead[folder] else ""
        notes.tell(f"{folder} is a {table.name}: read at its version {table.version}{gone}")
    if count := sum(hidden.values()):
        most = ", ".join(f"{part} {n}" for part, n in hidden.most_common(3) if n)
        more = "" if len(+hidden) <= 3 else " and others"
        names = "names that begin with _ or ., or end like .tmp"
        notes.tell(f"the input {given}: passed over {_files(count)} below {names} ({most}{more})")
    if other:
        some = ", ".join(name.rsplit("/", 1)[-1] for name in other[:3]) + (" and others" if len(other) > 3 else "")
        notes.warn(f"the input {given}: passed over {_files(len(other))} of no format that is read ({some})")


def _files(count: int, what: str = "file") -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
