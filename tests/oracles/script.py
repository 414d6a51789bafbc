"""The script of most letters of a text, as its ISO 15924 code."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

import numpy as np

SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARABIC": "Arab", "HEBREW": "Hebr", "ARMENIAN": "Armn",
    "GEORGIAN": "Geor", "DEVANAGARI": "Deva", "BENGALI": "Beng", "GURMUKHI": "Guru", "GUJARATI": "Gujr",
    "ORIYA": "Orya", "TAMIL": "Taml", "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh",
    "THAI": "Thai", "LAO": "Laoo", "TIBETAN": "Tibt", "MYANMAR": "Mymr", "KHMER": "Khmr", "MONGOLIAN": "Mong",
    "ETHIOPIC": "Ethi", "CHEROKEE": "Cher", "CANADIAN": "Cans", "CJK": "Hani", "HIRAGANA": "Hira",
    "KATAKANA": "Kana", "HANGUL": "Hang", "BOPOMOFO": "Bopo", "SYRIAC": "Syrc", "THAANA": "Thaa", "NKO": "Nkoo",
    "TIFINAGH": "Tfng", "OL": "Olck", "YI": "Yiii", "VAI": "Vaii", "JAVANESE": "Java", "BALINESE": "Bali",
    "SUNDANESE": "Sund", "CHAM": "Cham", "MEETEI": "Mtei", "COPTIC": "Copt", "RUNIC": "Runr", "OGHAM": "Ogam",
    "GOTHIC": "Goth", "TAGALOG": "Tglg", "BUGINESE": "Bugi", "LIMBU": "Limb", "LISU": "Lisu", "SAMARITAN": "Samr",
    "MANDAIC": "Mand", "ADLAM": "Adlm", "FULLWIDTH": "Latn", "HALFWIDTH": "Kana", "MODIFIER": "Zyyy",
}  # fmt: skip
"""First word of a letter's Unicode name to the script's code."""

KANA_SHARE = 20
"""A text in Han is Japanese if at least one in this many letters is a kana."""

_PLANES = 0x32000
"""Code points above this one are not letters."""


def script_of(text: str) -> str | None:
    """The ISO 15924 code of the script with the most letters; None for a text without letters.

    Han with kana is Jpan, Han alone is Hani, Hangul is Hang, as in FineWeb2 (arXiv:2506.20920). If two scripts have the
    same number of letters, the first by code counts.
    """
    counts = letters(text)
    kana = counts.pop("Hira", 0) + counts.pop("Kana", 0)
    if kana:
        japanese = kana * KANA_SHARE >= kana + counts.get("Hani", 0)
        counts["Jpan" if japanese else "Hani"] = kana + counts.pop("Hani", 0)
    if not counts:
        return None
    return min(counts, key=lambda code: (-counts[code], code))


def letters(text: str) -> dict[str, int]:
    """How many letters of each script the text has."""
    if text.isascii():
        return {"Latn": 1} if any(map(str.isalpha, text)) else {}
    classes, codes = _classes()
    points = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    if len(points) > len(text):  # some are pairs
        points = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4"), _PLANES - 1)
    counts = np.bincount(classes[points], minlength=len(codes))
    return {code: int(count) for code, count in zip(codes, counts, strict=True) if count and code}


@cache
def _classes() -> tuple[Any, list[str]]:
    """The class of each code point, and the code of each class. Class 0 has no code and contains everything but
    letters."""
    codes = ["", *sorted(set(SCRIPTS.values()) - {"Zyyy"}), "Zzzz"]
    number = {code: index for index, code in enumerate(codes)}
    classes = np.zeros(_PLANES, dtype=np.uint8)
    for point in range(_PLANES):
        if unicodedata.category(chr(point))[0] == "L":
            word = unicodedata.name(chr(point), "").split(" ", 1)[0].split("-", 1)[0]
            classes[point] = number.get(SCRIPTS.get(word, "Zzzz"), 0)
    return classes, codes
