"""Which of a row's columns hold the text, the id, the address, the date and the crawl's name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from decantry.jobs.errors import UserError

if TYPE_CHECKING:
    import pyarrow as pa

FIELDS = ("text", "id", "url", "date", "dump")
_TEXTS = ("content", "raw_content", "text_content", "body", "document", "contents", "article")
"""Names that a corpus may give to its texts, for a hint."""
_IDS = ("doc_id", "docid", "document_id", "uuid", "warc_record_id", "record_id", "key")
SHOWN = 20
"""Columns that a line names."""

Paths = Mapping[str, tuple[str, ...]]
"""For each field, the columns that may hold it, the first that is not null first. `a.b` is the key b of a."""


@dataclass(frozen=True)
class Layout:
    """How a peer names its columns. `marks` are the columns that tell it: one of each group is there."""

    name: str
    marks: tuple[tuple[str, ...], ...]
    paths: Paths


PLAIN: Paths = {name: (name,) for name in FIELDS}
LAYOUTS = (
    # mlfoundations/dclm-baseline-1.0 and dclm-pool: the record's WARC headers, in `metadata` or beside the text
    Layout(
        "DCLM",
        (("metadata.WARC-Target-URI", "metadata.WARC-Record-ID", "WARC-Target-URI", "WARC-Record-ID"),),
        {
            "id": ("id", "metadata.WARC-Record-ID", "WARC-Record-ID"),
            "url": ("url", "metadata.WARC-Target-URI", "WARC-Target-URI"),
            "date": ("date", "metadata.WARC-Date", "WARC-Date"),
        },
    ),
    # HPLT v2 and v3: `f` is the archive, `u` the address, `ts` the time of the visit
    Layout(
        "HPLT",
        (("u",), ("ts", "f")),
        {"url": ("url", "u"), "date": ("date", "ts"), "dump": ("dump", "collection", "crawl_id")},
    ),
    # docs/data-format.md of allenai/dolma: `created` is the original's date, and addresses are in `metadata`
    Layout(
        "dolma",
        (("source",), ("added", "created")),
        {
            "url": ("url", "metadata.url", "metadata.source_url", "metadata.WARC-Target-URI"),
            "date": ("date", "metadata.date", "created"),
            "dump": ("dump", "metadata.dump"),
        },
    ),
    # the writers of huggingface/datatrove: `text`, `id`, perhaps `media`, and all else in `metadata`
    Layout(
        "datatrove",
        (("id",), ("metadata.url", "metadata.date", "metadata.dump", "metadata.file_path")),
        {name: (name, f"metadata.{name}") for name in ("url", "date", "dump")},
    ),
    # allenai/c4 and mC4: `text`, `timestamp` and `url`, and no id
    Layout("c4", (("url",), ("timestamp",)), {"date": ("date", "timestamp")}),
)


def parse(option: str | None) -> tuple[tuple[str, str], ...]:
    """The fields and columns of `text=content,id=doc_id`; `id=` alone means that no column is one. Raises UserError."""
    given: dict[str, str] = {}
    for part in option.split(",") if option else ():
        name, equals, path = (piece.strip() for piece in part.partition("="))
        if not equals or name not in FIELDS or name in given or (name == "text" and not path):
            raise UserError(
                f"--columns {option!r:.200} cannot be read at {part!r:.60}: name each of {', '.join(FIELDS)} at most "
                "once, as in --columns text=content,url=meta.source_url,id=doc_id"
            )
        given[name] = path
    return tuple(sorted(given.items()))


def paths_of(row: Mapping[str, Any], given: Sequence[tuple[str, str]] = ()) -> tuple[str | None, Paths]:
    """The layout that the row has (null: its columns have the fields' names), and where its fields are."""
    layout = next((each for each in LAYOUTS if all(any(has(row, m) for m in group) for group in each.marks)), None)
    paths = {**PLAIN, **(layout.paths if layout else {})}
    paths |= {name: (path,) if path else () for name, path in given}
    return (layout.name if layout else None), paths


def columns_of(schema: pa.Schema, given: Sequence[tuple[str, str]] = ()) -> list[str]:
    """The columns of a Parquet file that may hold a field, or tell its layout; of a struct, only the fields needed.

    Raises LookupError, in the words of `missing_text`, where none may hold the text.
    """
    columns = {field.name: _skeleton(field.type) for field in schema}
    of_layouts = [path for each in LAYOUTS for paths in (*each.marks, *each.paths.values()) for path in paths]
    wanted = [*FIELDS, *of_layouts, *(path for _, path in given if path)]
    found = {place: None for path in wanted if (place := _place(columns, path)) is not None}
    if _place(columns, dict(given).get("text", "text")) is None:
        raise LookupError(missing_text(names_in(columns), given))
    return list(found)


def value_at(row: Mapping[str, Any], paths: Iterable[str]) -> Any:
    """The first of the columns that is neither null nor an empty string; else an empty string, where one is."""
    values = [_at(row, path) for path in paths]
    there = [value for value in values if value is not None]
    return next((value for value in there if value != ""), "" if there else None)


def has(row: Mapping[str, Any], path: str) -> bool:
    """Whether the row has the column, whatever it holds."""
    key = key_of(row, path)
    if key is not None:
        return True
    head, dot, rest = path.partition(".")
    inner = _object(row[key]) if dot and (key := key_of(row, head)) is not None else None
    return inner is not None and has(inner, rest)


def key_of(row: Iterable[str], name: str) -> str | None:
    """The row's key of that name, else the only one that is the same but for upper and lower case; null without one."""
    return name if name in row else _folded(tuple(row)).get(name.lower())


def missing_text(found: Sequence[str], given: Sequence[tuple[str, str]] = ()) -> str:
    """What a person is told whose rows have no text: the columns that were found, and the option that maps them."""
    shown = ", ".join(found[:SHOWN]) + (f" and {len(found) - SHOWN} more" if len(found) > SHOWN else "")
    lower = {name.lower(): name for name in found}
    text = next((lower[name] for name in _TEXTS if name in lower), "COLUMN")
    id_ = next((lower[name] for name in ("id", *_IDS) if name in lower), "COLUMN")
    wanted = dict(given).get("text", "text")
    names = f"text={text}" + (f",id={id_}" if id_ != "id" else "")
    return f"no column {wanted}; the columns are {shown or 'none'}: name them, as in --columns {names}"


def names_in(row: Mapping[str, Any]) -> list[str]:
    """The row's columns, and the keys of those that are objects, as paths."""
    names: list[str] = []
    for name, value in row.items():
        inner = _object(value) if not isinstance(value, list) else None
        names += [f"{name}.{key}" for key in inner] if inner else [str(name)]
    return names


def _at(row: Mapping[str, Any], path: str) -> Any:
    key = key_of(row, path)
    if key is not None:
        return row[key]
    head, dot, rest = path.partition(".")
    inner = _object(row[key]) if dot and (key := key_of(row, head)) is not None else None
    return None if inner is None else _at(inner, rest)


def _skeleton(kind: pa.DataType) -> dict[str, Any] | None:
    """The names of a struct's fields, and theirs; null for another type."""
    from pyarrow import types

    return {field.name: _skeleton(field.type) for field in kind} if types.is_struct(kind) else None


def _place(columns: Mapping[str, Any], path: str) -> str | None:
    """The column that a path names, as Arrow calls it: in a struct its own field, in another type all of it."""
    key = key_of(columns, path)
    if key is not None:
        return key
    head, dot, rest = path.partition(".")
    key = key_of(columns, head) if dot else None
    if key is None or columns[key] is None:
        return key
    inner = _place(columns[key], rest)
    return None if inner is None else f"{key}.{inner}"


def _object(value: Any) -> Mapping[str, Any] | None:
    """The object that a value is: as JSON, as JSON in a string, or as the pairs of a map of Arrow's."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, str) and value.startswith("{"):
        try:
            found = json.loads(value)
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None
    if isinstance(value, list) and value and all(isinstance(v, tuple) and len(v) == 2 for v in value):
        return {str(name): each for name, each in value}
    return None


@lru_cache(maxsize=256)
def _folded(names: tuple[str, ...]) -> dict[str, str]:
    """Each name by its lower-case form, where only one has it."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.lower(), []).append(name)
    return {lower: same[0] for lower, same in found.items() if len(same) == 1}
