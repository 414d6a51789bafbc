"""Timestamps in the formats of corpora, and timestamps outside the supported range."""

from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

import pytest

from decantry.udfs.page.moments import held, moment_of, since_1970

MOMENT = datetime(2024, 5, 17, 23, 31, 22, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "value",
    [
        "2024-05-17T23:31:22Z",
        "2024-05-17 23:31:22",  # SQL
        "2024-05-17 23:31:22 UTC",  # BigQuery
        "2024-05-18T01:31:22+02:00",
        "20240517T233122Z",  # ISO 8601, basic
        "20240517233122",  # of the Wayback Machine and CDX files
        20240517233122,
        "Fri, 17 May 2024 23:31:22 GMT",  # RFC 2822 and HTTP
        "17 May 2024 23:31:22 +0000",
        "Fri, 17 May 2024 16:31:22 -0700",
        "Friday, 17-May-24 23:31:22 GMT",  # RFC 850
        "Fri May 17 23:31:22 2024",  # C's asctime (RFC 9110, 5.6.7)
        "Fri May 17 23:31:22 UTC 2024",
        "Fri May 17 23:31:22 +0000 2024",  # Twitter
        "Fri May 17 16:31:22 -0700 2024",
        "2024-05-18 01:31:22 +02:00",
        "2024-05-18T01:31:22+02:00[Europe/Berlin]",  # Java (RFC 9557)
        "2024-05-17T23:31:22Z[UTC]",
        "2024/05/17 23:31:22",
        "2024-05-17T23:31:22+0000",
        "2024-05-18T05:01:22+05:30",
        "Sat, 18 May 2024 05:01:22 +0530",
        "2024-05-17 23:31:22+00",
        1715988682,
        "1715988682",
        1715988682.0,
        Decimal(1715988682),
        1715988682000,
        1715988682000000,
        1715988682000000000,
        datetime(2024, 5, 17, 23, 31, 22),
    ],
)
def test_one_moment_in_many_forms(value: Any) -> None:
    assert moment_of(value) == MOMENT


@pytest.mark.parametrize("value", [20240517, "20240517", "2024-05-17", date(2024, 5, 17), " 2024-05-17 "])
def test_a_day_is_its_first_moment(value: Any) -> None:
    assert moment_of(value) == datetime(2024, 5, 17, tzinfo=timezone.utc)


def test_digits_without_seconds_or_with_milliseconds() -> None:
    """As counts since 1970, they would be in 1976, or outside of all calendars."""
    assert moment_of("202405172331") == moment_of(202405172331) == MOMENT.replace(second=0)
    assert moment_of("20240517233122123") == MOMENT.replace(microsecond=123_000)
    assert moment_of("202405172399") == datetime(1976, 5, 31, 15, 39, 32, 399_000, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("count", "moment"),
    [
        (901201010000, datetime(1998, 7, 23, 13, 36, 50, tzinfo=timezone.utc)),  # no time in the year 9012
        (800101120000, datetime(1995, 5, 10, 10, 18, 40, tzinfo=timezone.utc)),
        (999912311200, datetime(2001, 9, 8, 1, 25, 11, 200_000, tzinfo=timezone.utc)),
        (226201010000, datetime(1977, 3, 3, 1, 36, 50, tzinfo=timezone.utc)),
        (167712312359, datetime(1975, 4, 26, 2, 45, 12, 359_000, tzinfo=timezone.utc)),
    ],
)
def test_twelve_digits_outside_of_all_calendars_are_milliseconds(count: int, moment: datetime) -> None:
    assert moment_of(count) == moment_of(str(count)) == moment_of(float(count)) == moment


def test_days_and_other_digits_outside_of_all_calendars_are_null() -> None:
    assert [moment_of(value) for value in (99991231, 99991231235959, 99991231235959999, 10000101000000)] == [None] * 4


def test_a_day_may_have_a_time_zone() -> None:
    """XML Schema, Part 2, 3.3.9. Python takes `+02:00` for the time of the day."""
    assert moment_of("2024-05-17+02:00") == datetime(2024, 5, 16, 22, tzinfo=timezone.utc)
    assert moment_of("2024-05-17-07:00") == datetime(2024, 5, 17, 7, tzinfo=timezone.utc)
    assert moment_of("2024-05-17Z") == datetime(2024, 5, 17, tzinfo=timezone.utc)


@pytest.mark.parametrize("value", [10**400, -(10**400), "9" * 39, Decimal(10) ** 75, 1e300])
def test_no_number_is_too_large_to_be_refused(value: Any) -> None:
    assert moment_of(value) is None


def test_a_second_has_six_digits_of_its_fraction() -> None:
    assert moment_of(1715988682.25) == MOMENT.replace(microsecond=250000)
    assert moment_of("1715988682.25") == MOMENT.replace(microsecond=250000)
    assert moment_of("2024-05-17T23:31:22.123456789Z") == MOMENT.replace(microsecond=123456)
    assert moment_of("2024-05-17 23:31:22,1234567+00:00") == MOMENT.replace(microsecond=123456)
    for value in ("20240517T233122.5Z", "20240517t233122.5z", "20240517 233122.5"):
        assert moment_of(value) == MOMENT.replace(microsecond=500000)
    assert moment_of("2024-05-17T23:31:22.Z") == moment_of("2024-05-17T23:31:22.") == MOMENT
    assert moment_of(1715988682123456789) == MOMENT.replace(microsecond=123456)


@pytest.mark.parametrize(
    "value",
    [
        *("2024-05-17T23.31.22Z", "2024-05-17T23:31.5Z", "17/05/2024", "2024/5/7", "2024-137"),
        "Fri May 32 23:31:22 2024",
        *("2024-05-17T23:31:60Z", "2024-05-17 23:31:22 PST", "/Date(1715988682000)/", "May 17, 2024"),
        *("2024-05-17_23:31:22", "2024-05-17-23:31:22", "2024-05-17x23:31", "20240517/2331"),
        *("yesterday", "2024-02-30", "2024-05", "May 2024", "", "1e9", "NaN", "9" * 50),
        *(0, -1, 2024, 45429, True, float("nan"), float("inf"), 1.7e308, Decimal("NaN"), b"2024-05-17", ["2024-05-17"]),
    ],
)
def test_values_that_are_not_timestamps(value: Any) -> None:
    assert moment_of(value) is None


@pytest.mark.parametrize(
    "value", ["0001-01-01T00:00:00Z", "1582-10-04", "1677-12-31", "2262-01-01", "9999-12-31T23:59:59Z", 16725225600]
)
def test_a_timestamp_outside_the_range_of_some_reader_is_none(value: Any) -> None:
    """Spark writes INT96, which pyarrow and deltalake read as 64-bit nanoseconds: 1677-09-21 to 2262-04-11."""
    assert moment_of(value) is None


def test_the_first_and_the_last_supported_timestamps() -> None:
    assert moment_of("1678-01-01") == datetime(1678, 1, 1, tzinfo=timezone.utc)
    assert moment_of("2261-12-31T23:59:59Z") == datetime(2261, 12, 31, 23, 59, 59, tzinfo=timezone.utc)
    assert held(datetime(1, 1, 1)) is None


@pytest.mark.parametrize(("count", "nanoseconds"), [(10**18, 10**9), (-(10**18), 10**9), (-62135596800, 10**9)])
def test_counts_beyond_all_calendars(count: int, nanoseconds: int) -> None:
    assert since_1970(count, nanoseconds) is None


def test_fractions_of_a_microsecond_are_truncated_also_before_1970() -> None:
    assert since_1970(1999, 1) == datetime(1970, 1, 1, 0, 0, 0, 1, tzinfo=timezone.utc)
    assert since_1970(-1, 1) == datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=timezone.utc)
