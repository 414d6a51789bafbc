"""UTF-16 and UTF-32 without a byte order mark, recognised by the zero bytes around a page's first tag."""

from __future__ import annotations

import re

_LOOKED_AT = 1 << 10
_TAGS = {
    "utf-16le": re.compile(rb"(?:[\t\n\f\r ]\0)*<\0[!?/A-Za-z]\0"),
    "utf-16be": re.compile(rb"(?:\0[\t\n\f\r ])*\0<\0[!?/A-Za-z]"),
    "utf-32le": re.compile(rb"(?:[\t\n\f\r ]\0{3})*<\0{3}[!?/A-Za-z]\0{3}"),
    "utf-32be": re.compile(rb"(?:\0{3}[\t\n\f\r ])*\0{3}<\0{3}[!?/A-Za-z]"),
}


def wide_encoding(body: bytes) -> str | None:
    """`utf-16le`, `utf-16be`, `utf-32le` or `utf-32be` if the body begins with a tag in such letters; else None.

    XML parsers recognise such bytes in the same way (XML 1.0, F.1).
    """
    if b"\0" not in body[:4]:
        return None
    head = body[:_LOOKED_AT]
    return next((encoding for encoding, tag in _TAGS.items() if tag.match(head)), None)
