"""The media type that Content-Type fields declare, read as browsers do."""

from __future__ import annotations

import re

HTML_TYPES = ("text/html", "application/xhtml+xml")
UNKNOWN_TYPES = (
    *(None, "application/octet-stream", "application/x-unknown-content-type", "unknown/unknown"),
    *("application/unknown", "content/unknown", "binary/octet-stream"),
)
"""Types that say nothing about a body: those of WHATWG MIME Sniffing, 7, and what servers send for files that they do
not know. None stands for a missing type.
"""

_END = re.compile(r"[;,(\s]")
"""What ends a type: Chrome's `ParseContentType` stops at `;`, a blank and `(`; several types are divided by commas."""
_TYPE = re.compile(r"[\w!#$%&'+.^`|~-]+/[\w!#$%&'+.^`|~-]+", re.ASCII)
"""Two tokens (RFC 9110, 5.6.2), neither of which is a star."""


def media_type(value: str | None) -> str | None:
    """The type of a Content-Type value without its parameters, in lower case; None if there is no valid one.

    Source: WHATWG MIME Sniffing, 4.4.
    """
    kind = _END.split((value or "").strip().lstrip("\"'"), maxsplit=1)[0].strip("\"'").lower()
    return kind if kind in HTML_TYPES or _TYPE.fullmatch(kind) else None


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
