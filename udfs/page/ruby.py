"""Ruby: readings above words (HTML, 4.5.10). The words are part of the text; the readings are not."""

from __future__ import annotations

import re

_RUBY = re.compile("<ruby", re.IGNORECASE)
_READING = re.compile(
    r"<r(?:[tp]|tc)(?=[\s>])[^<>]*>(?:[^<]|<(?!/?(?:ruby|r[tpb]|rtc)[\s>])){0,1000}(?:</r(?:[tp]|tc)\s*>)?",
    re.IGNORECASE,
)
"""A reading or its parentheses. The end tag may be missing."""
_WORDS = re.compile(r"</?(?:ruby|rb)(?=[\s>])[^<>]*>", re.IGNORECASE)


def without_readings(html: str) -> str:
    """The markup with each ruby element replaced by its words."""
    if not _RUBY.search(html):
        return html
    return _WORDS.sub("", _READING.sub("", html))
