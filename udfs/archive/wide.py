"""UTF-16 and UTF-32 without a byte order mark, recognised by the zero bytes around a page's first tag."""

from __future__ import annotations

import re

_LOOKED_AT = 1 << 10
_LITTLE = re.compile(rb"(?:[\t\n\f\r ]\0{1,3})*<\0{1,3}[!?/A-Za-z]\0")
_BIG = re.compile(rb"(?:\0\0\xfe\xff)?(?:\0{1,3}[\t\n\f\r ])*\0{1,3}<\0{1,3}[!?/A-Za-z]")


def wide_encoding(body: bytes) -> str | None:
    """`utf-16le` or `utf-16be` if the body begins with a tag in letters of two or four bytes; else None.

    XML parsers recognise such bytes in the same way (XML 1.0, F.1). UTF-32 is read as UTF-16, whose zero characters are
    removed later. Browsers do the same with its byte order mark.
    """
    if b"\0" not in body[:4]:
        return None
    head = body[:_LOOKED_AT]
    if _LITTLE.match(head):
        return "utf-16le"
    return "utf-16be" if _BIG.match(head) else None
