"""The values of Arrow columns, by their types: what Python makes of them by itself raises, or loses, some."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from decantry.udfs.page.moments import since_1970

if TYPE_CHECKING:
    import pyarrow as pa

_NANOSECONDS = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}
_TEXTS = {
    name: name.replace("string", "binary")
    for name in ("string", "large_string", "string_view", "binary", "large_binary", "binary_view")
}
"""Types of texts and bytes (those named view came with pyarrow 16), and what each is as bytes."""
_DAY = 86_400 * 10**9
OUTSIDE = "outside of what is held"
"""Stands for a moment that is there and that no table holds; it can be read as none."""


def values(array: pa.Array) -> list[Any]:
    """The array's values: strings, also of BINARY that is UTF-8 (bytes where it is none), numbers, moments, objects.

    A moment is a datetime in UTC, or OUTSIDE. A UUID is its text. FIXED_LEN_BYTE_ARRAY loses the NULs it is padded
    with, and is hexadecimal digits where it is no text.
    """
    import pyarrow as pa

    kind = array.type
    if isinstance(kind, pa.BaseExtensionType):
        if kind.extension_name == "arrow.uuid":
            return _each(array.storage.to_pylist(), lambda value: str(UUID(bytes=value)))
        return values(array.storage)
    if pa.types.is_dictionary(kind):
        return values(array.dictionary_decode())
    if pa.types.is_struct(kind):
        names = [kind.field(n).name for n in range(kind.num_fields)]
        rows = zip(*(values(column) for column in array.flatten()), strict=True) if names else ((),) * len(array)
        there = array.is_valid().to_pylist()
        return [dict(zip(names, row, strict=True)) if valid else None for row, valid in zip(rows, there, strict=True)]
    if pa.types.is_fixed_size_binary(kind):
        return _each(array.to_pylist(), fixed)
    if str(kind) in _TEXTS:
        return _each(array.cast(_TEXTS[str(kind)]).to_pylist(), text)
    if pa.types.is_timestamp(kind):
        return _moments(array.cast(pa.int64()), _NANOSECONDS[kind.unit])
    if pa.types.is_date32(kind):
        return _moments(array.cast(pa.int32()), _DAY)
    if pa.types.is_date64(kind):
        return _moments(array.cast(pa.int64()), _NANOSECONDS["ms"])
    return list(array.to_pylist())


def text(value: bytes) -> str | bytes:
    """The text that bytes are in UTF-8; the bytes where they are none."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value


def fixed(value: bytes) -> str:
    """The text of bytes of a fixed length; their hexadecimal digits where they are none, as of a digest or a UUID."""
    found = text(value.rstrip(b"\0"))
    is_text = isinstance(found, str) and all(each.isprintable() or each.isspace() for each in found)
    return found if is_text and isinstance(found, str) else value.hex()


def _moments(counts: pa.Array, nanoseconds: int) -> list[Any]:
    return _each(counts.to_pylist(), lambda count: since_1970(count, nanoseconds) or OUTSIDE)


def _each(found: list[Any], made: Callable[[Any], Any]) -> list[Any]:
    return [None if value is None else made(value) for value in found]
