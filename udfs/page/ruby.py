"""Ruby: readings that stand above words (HTML, 4.5.10). The words are the text; a reading within them is none."""

from __future__ import annotations

import re

_READING = re.compile(
    r"<r(?:[tp]|tc)(?=[\s>])[^<>]*>(?:[^<]|<(?!/?(?:ruby|r[tpb]|rtc)[\s>])){0,1000}(?:</r(?:[tp]|tc)\s*>)?",
    re.IGNORECASE,
)
"""A reading or its parentheses, whose end tag may be left out."""
_WORDS = re.compile(r"</?(?:ruby|rb)(?=[\s>])[^<>]*>", re.IGNORECASE)


def without_readings(html: str) -> str:
    """The markup with the words of its ruby elements alone, as plain text of the page around them."""
    if "<ruby" not in html and "<RUBY" not in html:
        return html
    return _WORDS.sub("", _READING.sub("", html))
