"""The media type that Content-Type fields declare, read as browsers do."""

from __future__ import annotations

import re

HTML_TYPES = ("text/html", "application/xhtml+xml")
UNKNOWN_TYPES = (None, "application/octet-stream", "application/x-unknown-content-type", "unknown/unknown")
"""Types that say nothing about a body (WHATWG MIME Sniffing, 7); None stands for a missing type."""

_END = re.compile(r"[;,(\s]")
"""What ends a type: Chrome's `ParseContentType` stops at `;`, a blank and `(`; several types are divided by commas."""


def media_type(value: str | None) -> str | None:
    """The type of a Content-Type value without its parameters, in lower case; None if there is none."""
    kind = _END.split((value or "").strip().lstrip("\"'"), maxsplit=1)[0].strip("\"'").lower()
    return kind if "/" in kind and kind != "*/*" else None


def is_xml(kind: str | None) -> bool:
    """Whether a browser parses the type as XML (WHATWG MIME Sniffing, 4.6)."""
    return kind is not None and (kind in ("text/xml", "application/xml") or kind.endswith("+xml"))


def joined(first: str, second: str) -> str:
    """What two Content-Type fields declare together: the later one, unless it is not a type, or is the same type
    without a charset (WHATWG Fetch, "extract a MIME type").
    """
    kind = media_type(second)
    if kind is None or (kind == media_type(first) and "charset" not in second.lower()):
        return first
    return second
