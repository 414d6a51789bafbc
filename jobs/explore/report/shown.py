"""Values as a page shows them: numbers that line up, and text in which nothing acts unseen."""

from __future__ import annotations

import math
import re
from datetime import datetime

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
"""Controls of terminals and of the direction of text, and lone surrogates, which no file can hold. What joins letters
(U+200C, U+200D) is part of their spelling.
"""


def visible(text: str) -> str:
    """The text with its lines, and with characters that steer what is shown written as their code."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\r\n", "\n"))


def cut(text: str | None, most: int) -> str:
    """The beginning of the text, with a mark where it goes on."""
    text = text or ""
    return text if len(text) <= most else text[: most - 1] + "…"


def count(number: int | None) -> str:
    """A whole number with its thousands apart."""
    return "–" if number is None else f"{number:,}"


def documents(number: int) -> str:
    """A number of documents."""
    return f"{number:,} document{'' if number == 1 else 's'}"


def percent(part: float, whole: float) -> str:
    """A share of a hundred, with a decimal, never rounded to nothing or to all."""
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
    """A moment to the minute; Decantry's are in UTC."""
    return "–" if at is None else f"{at:%Y-%m-%d %H:%M}"


def value(number: float) -> str:
    """A measurement: whole numbers as they are, others with four digits, and what is none as words."""
    if not math.isfinite(number):
        return "not a number" if math.isnan(number) else "infinite" if number > 0 else "minus infinite"
    return f"{number:,.0f}" if number == int(number) else f"{number:.4g}"
