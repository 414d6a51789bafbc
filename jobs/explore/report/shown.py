"""Formats values for a page: numbers, and text without invisible control characters."""

from __future__ import annotations

import math
import re
from datetime import datetime

from decantry.jobs.process.terminal import counted

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
"""Control characters of terminals and of the direction of text, and lone surrogates, which no file can store. U+200C
and U+200D are not included, because they are part of the spelling of words."""


def visible(text: str) -> str:
    """The text with its line breaks, and with control characters written as their codes."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\r\n", "\n"))


def cut(text: str | None, most: int) -> str:
    """The first `most` characters of the text, with a mark if it is longer."""
    text = text or ""
    return text if len(text) <= most else text[: most - 1] + "…"


def count(number: int | None) -> str:
    """A whole number with thousands separators."""
    return "–" if number is None else f"{number:,}"


def documents(number: int) -> str:
    """A number of documents in words, like `1 document`."""
    return counted(number, "document")


def percent(part: float, whole: float) -> str:
    """A percentage with one decimal. It is 0 or 100 only if it is so exactly."""
    if not whole:
        return "–"
    share = 100 * part / whole
    if 0 < share < 0.05:
        return "<0.1 %"
    if 99.95 <= share < 100:
        return ">99.9 %"
    return f"{share:.1f} %"


def short(number: float) -> str:
    """A number for an axis: 0.65, 1.2k, 3M."""
    for power, letter in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(number) >= power:
            return f"{number / power:.3g}{letter}"
    return f"{number:.3g}"


def size(bytes_: int) -> str:
    """A number of bytes, in decimal units."""
    return short(bytes_).replace("G", " G").replace("M", " M").replace("k", " k").replace("T", " T") + "B"


def moment(at: datetime | None) -> str:
    """A time in UTC, to the minute."""
    return "–" if at is None else f"{at:%Y-%m-%d %H:%M}"


def value(number: float) -> str:
    """A measurement: whole numbers in full, others with four digits, NaN and infinity in words."""
    if not math.isfinite(number):
        return "not a number" if math.isnan(number) else "infinite" if number > 0 else "minus infinite"
    return f"{number:,.0f}" if number == int(number) else f"{number:.4g}"
