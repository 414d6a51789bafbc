"""The warcinfo record at the beginning of an archive."""

from __future__ import annotations

import re

from decantry.udfs.archive.headers import Headers
from decantry.udfs.archive.records import BEGINNING

_HEADER = re.compile(rb"WARC/[^\n]*\n(.*?\n)\r?\n", re.DOTALL)


def warcinfo_of(head: bytes) -> bytes | None:
    """The block of the first warcinfo record in `head`, the beginning of an archive; None if there is none.

    Records are passed over by their length, so a page that quotes such a record is not taken for one.
    """
    begin = BEGINNING.match(head)
    while begin and (header := _HEADER.match(head, begin.end())):
        fields = Headers(header[1])
        size = (fields.get("Content-Length") or "").removeprefix("+")
        if not size.isdecimal() or len(size) > 18:
            return None
        end = header.end() + int(size)
        if (fields.get("WARC-Type") or "").lower() == "warcinfo":
            return head[header.end() : end]
        begin = BEGINNING.match(head, end)
    return None
