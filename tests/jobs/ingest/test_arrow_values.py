"""The values of Arrow columns of all types that texts, ids and dates may have."""

from __future__ import annotations

from datetime import datetime, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pyarrow as pa
import pytest

from decantry.jobs.ingest.arrow_values import OUTSIDE, values

DAY = 19860
"""2024-05-17, in days after 1970."""
MIDNIGHT = datetime(2024, 5, 17, tzinfo=timezone.utc)
UUIDS = [UUID("da428435-de48-53a2-9e23-ac36e5368c68").bytes, None]

DAYS = pa.array([[2**30], [DAY], None], pa.list_(pa.int32()))
BYTES = pa.map_(pa.binary(), pa.binary())


def moments(unit: str, counts: list[int | None], zone: str | None = None) -> pa.Array:
    return pa.array(counts, pa.int64()).cast(pa.timestamp(unit, zone))


@pytest.mark.parametrize(
    ("array", "found"),
    [
        (pa.array(["é", None]), ["é", None]),
        (pa.array(["é", None], pa.large_string()), ["é", None]),
        (pa.array(["é", None], pa.string_view()), ["é", None]),
        (pa.array(["é".encode(), b"\xff", None]), ["é", b"\xff", None]),
        (pa.array(["é".encode(), None], pa.large_binary()), ["é", None]),
        (pa.array([b"a", None], pa.binary_view()), ["a", None]),
        (pa.array(["a", None, "a"]).dictionary_encode(), ["a", None, "a"]),
        (pa.array([b"a", None], pa.large_binary()).dictionary_encode(), ["a", None]),
        (pa.array([b"ab\0\0", b"a\nbc", None], pa.binary(4)), ["ab", "a\nbc", None]),
        (pa.array([b"\x80\0\x01\x02", b"\0\0\0\0"], pa.binary(4)), ["80000102", ""]),
        (pa.array(UUIDS, pa.uuid()), ["da428435-de48-53a2-9e23-ac36e5368c68", None]),
        (pa.array(UUIDS, pa.binary(16)), ["da428435de4853a29e23ac36e5368c68", None]),
        (pa.array([70, None], pa.uint8()), [70, None]),
        (pa.array([2**64 - 1, None], pa.uint64()), [2**64 - 1, None]),
        (pa.array([Decimal("70.00"), None], pa.decimal128(4, 2)), [Decimal("70.00"), None]),
        (pa.array([70.5, None], pa.float32()), [70.5, None]),
        (pa.array([DAY, None, -(10**6)], pa.int32()).cast(pa.date32()), [MIDNIGHT, None, OUTSIDE]),
        (pa.array([DAY * 86_400_000, None], pa.int64()).cast(pa.date64()), [MIDNIGHT, None]),
        (moments("s", [DAY * 86_400, None, 10**15]), [MIDNIGHT, None, OUTSIDE]),
        (moments("ms", [DAY * 86_400_000], "UTC"), [MIDNIGHT]),
        (
            moments("us", [DAY * 86_400_000_000 + 1, -62_135_596_800_000_000]),
            [MIDNIGHT.replace(microsecond=1), OUTSIDE],
        ),
        (moments("ns", [DAY * 86_400 * 10**9 + 1_999], "Asia/Tokyo"), [MIDNIGHT.replace(microsecond=1)]),
        (pa.nulls(2), [None, None]),
        (pa.array([[b"a"], None, [b"b", None], []]), [["a"], None, ["b", None], []]),
        (DAYS.cast(pa.list_(pa.date32())), [[OUTSIDE], [MIDNIGHT], None]),
        (pa.array([2**62, None], pa.int64()).cast(pa.duration("s")), [OUTSIDE, None]),
        (pa.array([[(b"u", b"v")], None, []], BYTES), [[("u", "v")], None, []]),
    ],
    ids=lambda value: str(value.type) if isinstance(value, pa.Array) else "",
)
def test_values_by_type(array: pa.Array, found: list[Any]) -> None:
    assert values(array) == found
    assert values(array.slice(1)) == found[1:]


def test_the_fields_of_a_struct_are_converted_by_type() -> None:
    kind = pa.struct([("url", pa.binary()), ("date", pa.timestamp("ns"))])
    array = pa.array([{"url": b"u", "date": DAY * 86_400 * 10**9}, None, {"url": None, "date": None}], kind)
    assert values(array) == [{"url": "u", "date": MIDNIGHT}, None, {"url": None, "date": None}]
    assert values(array.slice(1, 1)) == [None]


def test_a_map_is_its_pairs() -> None:
    assert values(pa.array([[("url", "u")], None], pa.map_(pa.string(), pa.string()))) == [[("url", "u")], None]
