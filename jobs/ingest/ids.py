"""The ids of documents that come as rows: the id that the row gives, or else a hash of its content."""

from __future__ import annotations

import hashlib
import math
from datetime import datetime
from decimal import Decimal
from typing import Any

from decantry.udfs.page.page import clean

EXACT = 2**53
"""All integers below this are exact as 64-bit floating-point numbers (IEEE 754)."""
LONGEST = 10**100
"""Integers from this on are no ids. JSON has integers of any length."""


def given_id(value: Any) -> str | None:
    """The id that a row gives, as a string; None if it gives none. Raises ValueError if the value cannot be an id.

    An integer is written without a fraction, whatever its type: 70, 70.0 and DECIMAL 70.00 are `70`. Bytes that are not
    UTF-8 become hexadecimal digits.
    """
    if isinstance(value, str):
        value = value.strip("\0")
        return None if not value or value.isspace() else clean(value)
    if isinstance(value, bytes):
        return value.hex()
    if value is None or (isinstance(value, float | Decimal) and math.isnan(value)):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError(f"the row has an id that is a {type(value).__name__}")
    if isinstance(value, int):
        if abs(value) >= LONGEST:
            raise ValueError("the row has an id that is a number of more than 100 digits")
        return str(value)
    if not math.isfinite(value) or (isinstance(value, Decimal) and value.adjusted() > 100):
        raise ValueError(f"the row has an id that is {value}")
    if value == int(value) and (not isinstance(value, float) or abs(value) < EXACT):
        return str(int(value))
    return f"{value.normalize():f}" if isinstance(value, Decimal) else repr(value)


def content_id(url: str | None, fetched_at: datetime | None, text: str) -> str:
    """`sha256:` and the first 32 hexadecimal digits of the hash of the row's address, date (ISO 8601) and text, one on
    each line.

    The id depends on nothing but the row: it is the same in any file, lake and run.
    """
    parts = (url or "", "" if fetched_at is None else fetched_at.isoformat(), text)
    return f"sha256:{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:32]}"
