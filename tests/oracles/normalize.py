"""The normal form of a text for near-duplicates: one step after the other, on Python's own strings.

Source: datatrove 0.10.1 utils/text.py, `simplify_text` with its default configuration. Its Unicode is that of
Python 3.11 (14.0): of code points that are newer, or that a newer Python sees otherwise, this oracle says nothing.
"""

from __future__ import annotations

import re
import unicodedata

SEPARATORS = ".,،٫⎖⎗⎘"
PUNCTUATION = frozenset(
    "!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„';’{|∶´[=-`*．（–？！：$～«〉,><》)?）。…@_.\"}►»"
) | frozenset(chr(c) for c in (*range(9), 11, 12, *range(13, 32), *range(127, 160)))


def normalize(text: str) -> str:
    """Lower case; numbers 0; punctuation and white space one space; letters without their marks."""
    text = numbers(text.lower())
    text = "".join(" " if c in PUNCTUATION else c for c in text)
    text = re.sub(r"\s+", " ", text.strip())
    text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    return text.strip()


def numbers(text: str) -> str:
    """Replace each run of decimal digits, and one separator and another run after it, by 0."""
    out = []
    i = 0
    while i < len(text):
        end = digits(text, i)
        if end == i:
            out.append(text[i])
            i += 1
            continue
        out.append("0")
        part = digits(text, end + 1) if text[end : end + 1] and text[end] in SEPARATORS else end + 1
        i = part if part > end + 1 else end
    return "".join(out)


def digits(text: str, start: int) -> int:
    """The end of the run of decimal digits at `start`."""
    while start < len(text) and unicodedata.category(text[start]) == "Nd":
        start += 1
    return start
