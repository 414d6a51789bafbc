"""Which of a row's columns hold the text, the id, the address, the date and the crawl's name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from decantry.jobs.ingest.layouts import FIELDS, LAYOUTS, PLAIN
from decantry.jobs.process.errors import UserError

if TYPE_CHECKING:
    import pyarrow as pa

_TEXTS = ("content", "raw_content", "text_content", "body", "document", "contents", "article")
"""Names that a corpus may give to its texts, for a hint."""
_IDS = ("doc_id", "docid", "document_id", "uuid", "warc_record_id", "record_id", "key")
DEPTH = 8
"""Objects in objects that a path may lead through."""
SHOWN = 20
"""Columns that a line names."""


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


def fields_of(row: Mapping[str, Any], given: Sequence[tuple[str, str]] = ()) -> tuple[str | None, dict[str, Any]]:
    """The layout that the row has (null: its columns have the fields' names), and the value of each field.

    Of several columns it is the first that is neither null nor an empty string; else an empty string, where one is.
    """
    row = _opened(row, given)
    layout, places = _plan(_shape(row), tuple(given))
    return layout, {field: _first(row, found) for field, found in places.items()}


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


Shape = tuple[Any, ...]
"""The names of an object's keys; for a key that is an object, the name and its shape."""


@lru_cache(maxsize=256)
def _plan(shape: Shape, given: tuple[tuple[str, str], ...]) -> tuple[str | None, dict[str, list[tuple[str, ...]]]]:
    """The layout of rows of this shape, and for each field the keys that lead to the columns that may hold it."""
    names = _names(shape)
    layout = next((each for each in LAYOUTS if all(any(_keys(names, m) for m in marks) for marks in each.marks)), None)
    paths = {**PLAIN, **(layout.paths if layout else {})}
    paths |= {name: (path,) if path else () for name, path in given}
    places = {field: [keys for path in paths[field] if (keys := _keys(names, path))] for field in FIELDS}
    return (layout.name if layout else None), places


def _shape(row: Mapping[str, Any], depth: int = DEPTH) -> Shape:
    return tuple(
        (name, _shape(value, depth - 1)) if depth and isinstance(value, dict) else name for name, value in row.items()
    )


def _names(shape: Shape) -> dict[str, Any]:
    """The shape as nested names; null for a key that is no object."""
    pairs = (each if isinstance(each, tuple) else (each, None) for each in shape)
    return {name: None if inner is None else _names(inner) for name, inner in pairs}


def _keys(names: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """The keys that lead to the column of that path; none where there is none."""
    key = key_of(names, path)
    if key is not None:
        return (key,)
    head, dot, rest = path.partition(".")
    key = key_of(names, head) if dot else None
    inner = _keys(names[key], rest) if key is not None and names[key] else ()
    return (key, *inner) if key is not None and inner else ()


def _first(row: Mapping[str, Any], places: list[tuple[str, ...]]) -> Any:
    found: Any = None
    for keys in places:
        value: Any = row
        for key in keys:
            value = value[key]
        if value is not None and value != "":
            return value
        found = value if found is None else found
    return found


def _opened(row: Mapping[str, Any], given: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
    """The row, those columns that paths lead into as objects: JSON in a string, or the pairs of an Arrow map."""
    heads = {"metadata", *(path.partition(".")[0] for _, path in given if "." in path)}
    for head in heads:
        key = key_of(row, head)
        if key is not None and isinstance(row[key], str | list) and (inner := _object(row[key])) is not None:
            row = {**row, key: inner}
    return row


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
