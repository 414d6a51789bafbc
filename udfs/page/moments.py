"""Timestamps in the forms that corpora use: ISO 8601, dates of HTTP, fourteen digits, and counts since 1970."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

FIRST = datetime(1678, 1, 1, tzinfo=timezone.utc)
LAST = datetime(2262, 1, 1, tzinfo=timezone.utc)
"""The range of timestamps that every reader of a table supports. Spark writes INT96 by default, which pyarrow and
`deltalake` read as 64 bits of nanoseconds (1677-09-21 to 2262-04-11). Spark before 3.0 used another calendar for days
before 1582-10-15.
"""
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_UNITS = ((10**11, 10**6), (10**14, 10**3), (10**17, 1))
"""Pairs of a bound and the microseconds in a unit, for counts below the bound: seconds, milliseconds, microseconds.
Larger counts are nanoseconds. In each unit, the smallest counts are dates in 1973, before there were web pages."""
SMALLEST = 10**8
"""The smallest number that is read as a count. Smaller ones, like 0, -1, a year or a spreadsheet's day, are not."""
LARGEST = 10**22
"""Numbers from this on are no counts: as nanoseconds they would be after the year 300,000."""
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(?:(\d\d)(\d{3})?)?)?")
"""A day, with a time to the minute, the second or the millisecond. Twelve digits that are no such time between FIRST
and LAST are milliseconds since 1970, in 1973 to 2001. As a count, all others would be a time before 1977 or after 2261.
"""
_MAIL = re.compile(r"(?:[A-Za-z]{3,9}, *)?\d{1,2}[ -][A-Za-z]{3}[ -]\d{2,4} +\d\d:\d\d")
_CLOCK = re.compile(r"(?:[A-Za-z]{3} +)?[A-Za-z]{3} +\d{1,2} \d\d:\d\d:\d\d(?: (?:UTC|GMT|[+-]\d{4}))? \d{4}")
"""The date of C's `asctime`, which HTTP still allows (RFC 9110, 5.6.7), of `date`, and of Twitter's `created_at`."""
_SLASHES = re.compile(r"\d{4}/\d\d/\d\d(?![\d/])")
_FRACTION = re.compile(r"(:\d\d:\d\d|[Tt ]\d{6})[.,](\d*)")
"""A fraction of a second. Python would take `23.31.22` and `23:31.5` for one, too."""
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)([Zz]|[+-]\d\d:\d\d)")
"""A day with a time zone, as XML Schema has it (Part 2, 3.3.9). Python would take `+02:00` for a time of the day."""
_ISO = re.compile(r"[\dWw-]+(?:[Tt ][\d:.,]+(?: ?(?:[Zz]|[+-][\d:.]+))?)?")
"""A date, then a time after T or a blank. Python accepts any character before the time."""
_ZONE_NAME = re.compile(r"((?:[Zz]|[+-]\d\d:\d\d))\[[A-Za-z0-9_/+-]+\]$")
"""The name of a zone after its difference from UTC, as Java writes it (RFC 9557, 4.1)."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ZONE = re.compile(r" ?(?:UTC|GMT|Z)$", re.IGNORECASE)


def held(moment: datetime) -> datetime | None:
    """The timestamp in UTC, or None outside the supported range. A timestamp without a time zone is in UTC."""
    try:
        moment = moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment.astimezone(timezone.utc)
    except OverflowError:
        return None
    return moment if FIRST <= moment < LAST else None


def moment_of(value: Any) -> datetime | None:
    """The timestamp, in UTC, for a value of a row; None if it has none, or one outside the supported range."""
    if isinstance(value, datetime):
        return held(value)
    if isinstance(value, date):
        return held(datetime(value.year, value.month, value.day))
    if isinstance(value, str):
        return _of_text(value.strip())
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _of_number(value)
    return None


def since_1970(count: int, nanoseconds: int) -> datetime | None:
    """The timestamp for a count of units, each of so many nanoseconds, since 1970; truncated to microseconds."""
    try:
        return held(_EPOCH + timedelta(microseconds=count * nanoseconds // 1000))
    except OverflowError:
        return None


def iso(value: str) -> datetime | None:
    """The timestamp in an ISO 8601 text; None if it is not one."""
    try:
        return held(datetime.fromisoformat(_trimmed(value)))
    except ValueError:
        return None


def _of_text(value: str) -> datetime | None:
    if _NUMBER.fullmatch(value):
        return _of_number(int(value) if value.isdecimal() else Decimal(value)) if len(value) < 40 else None
    if _MAIL.match(value):
        try:
            return held(parsedate_to_datetime(value))
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    if _CLOCK.fullmatch(value):
        return _of_clock(value)
    if value.endswith("]"):
        value = _ZONE_NAME.sub(r"\1", value)
    if _SLASHES.match(value):
        value = value.replace("/", "-", 2)
    return iso(_ZONE.sub("+00:00", value) if len(value) > len("2026-01-02Z") else value)


def _of_clock(value: str) -> datetime | None:
    parts = [part for part in value.split() if part not in ("UTC", "GMT")]
    zone = next((part for part in parts if part[0] in "+-"), "")
    *_, month, day, clock, year = [part for part in parts if part != zone]
    try:
        return held(parsedate_to_datetime(f"{day} {month} {year} {clock} {zone}"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _of_number(value: float | Decimal) -> datetime | None:
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    if not -LARGEST < value < LARGEST:  # also for NaN
        return None
    if value == int(value) and (match := _DIGITS.fullmatch(str(int(value)))):
        try:
            year, month, day, hour, minute, second, milliseconds = (int(part or 0) for part in match.groups())
            if found := held(datetime(year, month, day, hour, minute, second, milliseconds * 1000)):
                return found
        except ValueError:
            pass
    if value < SMALLEST:
        return None
    for limit, microseconds in _UNITS:
        if value < limit:
            return since_1970(round(value * microseconds) if microseconds > 1 else int(value), 1000)
    return since_1970(int(value), 1)


def _trimmed(value: str) -> str:
    """The text in the form that Python 3.10 reads: `+00:00` for `Z`, and six digits for fractions of a second."""
    if len(value) < 17 and (day := _DAY.fullmatch(value)):
        value = f"{day[1]}T00:00:00{day[2]}"
    if not _ISO.fullmatch(value):
        raise ValueError("it has other characters than a timestamp")
    if value.endswith(("Z", "z")):
        value = value[:-1] + "+00:00"
    value, fractions = _FRACTION.subn(lambda found: f"{found[1]}.{found[2][:6]:0<6}", value)
    if value.count(".") + value.count(",") > fractions:
        raise ValueError("a fraction of no second")
    return value
