"""Finds the columns of a row that have the text, the id, the address, the date and the crawl."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from decantry.jobs.ingest.layouts import FIELDS, LAYOUTS, OBJECTS, PLAIN, address_in, is_address
from decantry.jobs.process.errors import UserError

if TYPE_CHECKING:
    import pyarrow as pa

_TEXTS = ("content", "raw_content", "text_content", "body", "document", "contents", "article")
"""Common names of text columns, which the hint of `missing_text` proposes."""
_IDS = (
    *("doc_id", "docid", "document_id", "uuid", "warc_record_id", "warc-record-id", "record_id", "key", "_id", "$oid"),
    *("identifier", "guid", "digest"),
)
"""Common names of id columns."""
DEPTH = 8
"""How many nested objects a path may pass through."""
SHOWN = 20
"""How many columns a message names."""


def parse(option: str | None) -> tuple[tuple[str, str], ...]:
    """The pairs of field and column in an option such as `text=content,id=doc_id`, sorted. Raises UserError.

    `id=` without a column means that no column has the id.
    """
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


def fields_of(row: Mapping[str, Any], given: Sequence[tuple[str, str]] = ()) -> tuple[tuple[str, ...], dict[str, Any]]:
    """What to note of the row, and the value of each field.

    Noted are the name of its layout (unless its columns have the fields' own names), each column of `given`, the pairs
    of `parse`, that the row does not have, and a column that probably has the address, if none is read as the address.
    A field may have several columns. Its value is the first one that is neither None nor an empty string, else an empty
    string if there is one, else None.
    """
    row = _with_objects(row, given)
    notes, columns = _plan(_shape(row), tuple(given))
    return notes, {field: _first(row, found) for field, found in columns.items()}


def columns_of(schema: pa.Schema, given: Sequence[tuple[str, str]] = ()) -> list[str]:
    """The columns of a Parquet file that may have a field or identify its layout. Of a struct, only the needed fields.

    Raises LookupError if no column may have the text, with the message of `missing_text`, or if two have a name.
    """
    columns = {field.name: _skeleton(field.type) for field in schema}
    of_layouts = [path for each in LAYOUTS for paths in (*each.marks, *each.paths.values()) for path in paths]
    wanted = [*FIELDS, *of_layouts, *(path for _, path in given if path)]
    if _arrow_name(columns, "url") is None and (address := address_in(columns)) and schema.names.count(address) < 2:
        wanted.append(address)  # for a note alone
    found = {name: None for path in wanted if (name := _arrow_name(columns, path)) is not None}
    if _arrow_name(columns, dict(given).get("text", "text")) is None:
        raise LookupError(missing_text(names_in(columns), given))
    if twice := [name for name in found if schema.names.count(name) > 1]:
        raise LookupError(f"two columns {twice[0]}: which of them counts cannot be told; write it with one")
    return list(found)


def key_of(row: Iterable[str], name: str) -> str | None:
    """The key with this name, else the only key that differs from it in case alone, else None."""
    return name if name in row else _folded(tuple(row)).get(name.lower())


def missing_text(found: Sequence[str], given: Sequence[tuple[str, str]] = ()) -> str:
    """The message for rows without a text: the columns that were found, and the option that names the right one."""
    found = ["".join(letter if letter.isprintable() else "\ufffd" for letter in name) for name in found]
    wanted = dict(given).get("text", "text")
    column = key_of(found, wanted)
    alike = [name for name in found if name.lower() == wanted.lower()]
    shown = ", ".join(found[:SHOWN]) + (f" and {len(found) - SHOWN} more" if len(found) > SHOWN else "")
    last = {name.lower().rpartition(".")[2]: name for name in reversed(found)}
    proposed = (last[name] for name in ("text", *_TEXTS) if name in last and last[name] not in alike)
    text = alike[0] if alike and column is None else next(proposed, "COLUMN")
    id_ = next((last[name] for name in ("id", *_IDS) if name in last), "COLUMN")
    url = "url" if any(name.lower() == "url" for name in found) else next(filter(is_address, found), "url")
    names = f"text={text}" + "".join(f",{field}={name}" for field, name in (("id", id_), ("url", url)) if name != field)
    if column is not None:
        return (
            f"no text in its column {column}: each value is null or no string, and lists, objects and numbers are not "
            f"read as texts; the columns are {shown}: name another, as in --columns {names}, or write texts as strings"
        )
    why = f"no column {wanted}" if not alike else f"no column {wanted}, but several that differ from it in case alone"
    return f"{why}; the columns are {shown or 'none'}: name {'one' if alike else 'them'}, as in --columns {names}"


def names_in(row: Mapping[str, Any]) -> list[str]:
    """The names of the row's columns. A column that is an object is replaced by the paths of its keys."""
    names: list[str] = []
    for name, value in row.items():
        inner = _object(value) if not isinstance(value, list) else None
        names += [f"{name}.{key}" for key in inner] if inner else [str(name)]
    return names


Shape = tuple[Any, ...]
"""The keys of an object. A key whose value is an object is a pair of its name and the shape of the value."""


@lru_cache(maxsize=256)
def _plan(shape: Shape, given: tuple[tuple[str, str], ...]) -> tuple[tuple[str, ...], dict[str, list[tuple[str, ...]]]]:
    """The notes on rows with this shape, and for each field the columns that may have it, as tuples of nested keys."""
    names = _names(shape)
    layout = next((each for each in LAYOUTS if all(any(_keys(names, m) for m in marks) for marks in each.marks)), None)
    paths = {**PLAIN, **(layout.paths if layout else {})}
    paths |= {name: (path,) if path else () for name, path in given}
    columns = {field: [keys for path in paths[field] if (keys := _keys(names, path))] for field in FIELDS}
    notes = [f"layout {layout.name}"] if layout else []
    notes += [f"no column {path}" for field, path in given if path and not columns[field]]
    if not columns["url"] and "url" not in dict(given) and (address := address_in(names)):
        notes.append(f"url missing, see --columns url={address}")
    return tuple(notes), columns


def _shape(row: Mapping[str, Any], depth: int = DEPTH) -> Shape:
    return tuple(
        (name, _shape(value, depth - 1)) if depth and isinstance(value, dict) else name for name, value in row.items()
    )


def _names(shape: Shape) -> dict[str, Any]:
    """The shape as nested dictionaries; None for a key whose value is not an object."""
    pairs = (each if isinstance(each, tuple) else (each, None) for each in shape)
    return {name: None if inner is None else _names(inner) for name, inner in pairs}


def _keys(names: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """The nested keys of the column with this path; empty if there is no such column."""
    key = key_of(names, path)
    if key is not None:
        return (key,)
    for head, rest in _divided(path):
        key = key_of(names, head)
        if key is not None and names[key] and (inner := _keys(names[key], rest)):
            return (key, *inner)
    return ()


def _divided(path: str) -> list[tuple[str, str]]:
    """The path divided in two at each of its dots. The first name may have dots itself."""
    return [(path[:at], path[at + 1 :]) for at, letter in enumerate(path) if letter == "."]


def _first(row: Mapping[str, Any], columns: list[tuple[str, ...]]) -> Any:
    """The first value that is neither None nor an empty string, else the first that is not None, else None."""
    found: Any = None
    for keys in columns:
        value: Any = row
        for key in keys:
            value = value[key]
        if value is not None and value != "":
            return value
        found = value if found is None else found
    return found


def _with_objects(row: Mapping[str, Any], given: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
    """The row, with JSON strings and Arrow maps as objects in those columns that paths lead into."""
    heads = {*OBJECTS, *(head for _, path in given if "." in path for head, _ in _divided(path))}
    for head in heads:
        key = key_of(row, head)
        if key is not None and isinstance(row[key], str | list) and (inner := _object(row[key])) is not None:
            row = {**row, key: inner}
    return row


def _skeleton(kind: pa.DataType) -> dict[str, Any] | None:
    """The names of a struct's fields as nested dictionaries; None for another type."""
    from pyarrow import types

    return {field.name: _skeleton(field.type) for field in kind} if types.is_struct(kind) else None


def _arrow_name(columns: Mapping[str, Any], path: str) -> str | None:
    """Arrow's name of the column with this path: the field of a struct, or else the whole column."""
    key = key_of(columns, path)
    if key is not None:
        return key
    for head, rest in _divided(path):
        key = key_of(columns, head)
        if key is not None and columns[key] is None:
            return key
        if key is not None and (inner := _arrow_name(columns[key], rest)) is not None:
            return f"{key}.{inner}"
    return None


def _object(value: Any) -> Mapping[str, Any] | None:
    """The value as an object, if it is one: a mapping, JSON in a string, or the pairs of an Arrow map; else None."""
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
    """The names by their lower-case form, without those that share it with another name."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.lower(), []).append(name)
    return {lower: same[0] for lower, same in found.items() if len(same) == 1}
