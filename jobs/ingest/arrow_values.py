"""The Python values of Arrow columns. `to_pylist` raises errors for some values and loses others."""

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
"""The types of strings and bytes, and the type of the same data as bytes. The view types came with pyarrow 16."""
_DAY = 86_400 * 10**9
OUTSIDE = object()
"""Stands for a value that Python or Spark cannot hold, such as a timestamp after the year 9999. It is not None, and no
text, id or date."""


def values(array: pa.Array) -> list[Any]:
    """The array's values.

    BINARY is a string if it is valid UTF-8, and otherwise bytes. A timestamp or date is a datetime in UTC, or OUTSIDE.
    A UUID is its text, a struct a dictionary, a map a list of pairs. FIXED_LEN_BYTE_ARRAY is the text of `fixed`.
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
        valid = array.is_valid().to_pylist()
        return [dict(zip(names, row, strict=True)) if good else None for row, good in zip(rows, valid, strict=True)]
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
    if _is_list(kind):
        return _lists(array)
    try:
        return list(array.to_pylist())
    except (OverflowError, ValueError):  # a duration that Python cannot hold
        return [OUTSIDE if valid else None for valid in array.is_valid().to_pylist()]


def _is_list(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return any(test(kind) for test in (pa.types.is_list, pa.types.is_large_list, pa.types.is_map))


def _lists(array: pa.Array) -> list[Any]:
    """The lists of an array of lists, or the pairs of each map."""
    import pyarrow as pa

    offsets = array.offsets.to_pylist()
    base, size = offsets[0], offsets[-1] - offsets[0]
    if pa.types.is_map(array.type):
        inner = list(zip(*(values(part.slice(base, size)) for part in (array.keys, array.items)), strict=True))
    else:
        inner = values(array.values.slice(base, size))
    ranges = zip(array.is_valid().to_pylist(), offsets, offsets[1:], strict=False)
    return [inner[first - base : last - base] if good else None for good, first, last in ranges]


def text(value: bytes) -> str | bytes:
    """The bytes decoded as UTF-8; the bytes themselves if they are not valid."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value


def fixed(value: bytes) -> str:
    """The text of bytes of a fixed length, without the NULs at their end; hexadecimal digits if they are not printable
    text, as in a digest or a UUID.
    """
    found = text(value.rstrip(b"\0"))
    is_text = isinstance(found, str) and all(each.isprintable() or each.isspace() for each in found)
    return found if is_text and isinstance(found, str) else value.hex()


def _moments(counts: pa.Array, nanoseconds: int) -> list[Any]:
    return _each(counts.to_pylist(), lambda count: since_1970(count, nanoseconds) or OUTSIDE)


def _each(values: list[Any], convert: Callable[[Any], Any]) -> list[Any]:
    return [None if value is None else convert(value) for value in values]
