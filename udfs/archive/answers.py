"""Several answers of HTTP in one block: where the next one begins.

A connection that is kept open carries several answers (RFC 9112, 9.3), and some recorders store them together. A page
may also show an answer as an example. Only a few places of a block are looked at, so hostile bytes cost little.
"""

from __future__ import annotations

import re
from itertools import islice

STATUS = re.compile(rb"(?:\xef\xbb\xbf)?\s*HTTP/\d{1,2}(?:\.\d{0,2})?[ \t]+(\d{3})(?!\d)([^\n]*)\n", re.IGNORECASE)
"""A status line. What follows the three digits is its reason, as in Chrome: `200OK` and `100-continue` are read."""
MOST = 32
"""How many answers of one block are looked at."""
_ANSWER = re.compile(rb"[\r\n]{0,4}HTTP/\d(?:\.\d)? (\d{3})[^\n]*\n(?:[A-Za-z][\w-]*:[^\n]*\n)+\r?\n")
_DESCRIBED = re.compile(
    rb"\ncontent-type:[ \t]*(?:text/html|application/xhtml)|\ntransfer-encoding:(?![^\0]*\ncontent-type:)",
    re.IGNORECASE,
)
"""What an answer has that describes a page, and is not only shown by one."""
_CHUNK = re.compile(rb"[ \t\r\n]{0,64}[0-9A-Fa-f]{1,8}[ \t]{0,64}[;\r\n]")
_BEGINNING = re.compile(rb"HTTP/\d")
_AFTER_PAGE = re.compile(rb"</html>\s{0,64}(?=HTTP/\d)", re.IGNORECASE)
_FOLLOWS = 4
"""How many places are tried at which another answer may follow a body."""
_NEARBY = 1 << 12
"""In how many bytes after an interim answer the next one begins."""
_LONGEST_HEAD = 1 << 16
_MOST_LENGTHS = 5
"""How many of the Content-Lengths that an answer has are tried."""
_DOCUMENT = re.compile(rb"\s{0,64}<(?:!doctype|html)[\s>]", re.IGNORECASE)
_SHOWING = re.compile(
    rb"<(/?)(textarea|script|style|xmp|title|iframe|noscript|noframes|noembed|pre|code|template)(?=[\s/>])|(<!--)|(-->)",
    re.IGNORECASE,
)
"""Tags of elements in which tags are text (WHATWG HTML, 13.2.5) or sources are shown, and the ends of comments."""


def after_interim(block: bytes, at: int) -> int | None:
    """The index of the answer after whatever a server sent with an interim one; None if there is none."""
    if STATUS.match(block, at):
        return None
    for found in islice(_BEGINNING.finditer(block, at, at + _NEARBY), _FOLLOWS):
        if _ANSWER.match(block, found.start(), found.start() + _LONGEST_HEAD):
            return found.start()
    return None


def is_sent_on(block: bytes, at: int) -> bool:
    """Whether the body at `at` is an answer of a server behind the server, sent on with its header.

    It has a page in it: by its Content-Type, if its status is 200, or by the chunks or the document that follow. Else a
    page may begin with an answer as an example.
    """
    inner = _ANSWER.match(block, at, at + _LONGEST_HEAD)
    if inner is None or (inner[1] == b"200" and _DESCRIBED.search(inner[0])):
        return inner is not None
    chunked = b"chunked" in inner[0].lower() and _CHUNK.match(block, inner.end())
    return bool(chunked or _DOCUMENT.match(block, inner.end()))


def first_message(body: bytes, lengths: str) -> bytes:
    """The body without a further answer after it.

    The next one begins where the body ends by a Content-Length, or after `</html>`. An answer in a `<textarea>`, a
    script, a `<pre>` or a comment is part of the page. What follows the last chunk is not read anyway.
    """
    numbers = [length.strip(" \t+") for length in lengths.split(",", _MOST_LENGTHS)[:_MOST_LENGTHS]]
    sizes = [int(number) for number in numbers if number.isdecimal() and len(number) < 12]
    for size in sizes:
        if size < len(body) and STATUS.match(body, size):
            return body[:size]
    if len(body) in sizes:
        return body
    for found in () if _CHUNK.match(body) else islice(_AFTER_PAGE.finditer(body), _FOLLOWS):
        answer = _ANSWER.match(body, found.end(), found.end() + _LONGEST_HEAD)
        if answer and _DESCRIBED.search(answer[0]) and not _is_open(body, found.start()):
            return body[: found.end()]
    return body


def _is_open(body: bytes, at: int) -> bool:
    """Whether a place is in an element or a comment that shows a source: it begins before, and ends after the place."""
    before = dict(map(_tag, _SHOWING.finditer(body, 0, at)))
    after: dict[bytes, bool] = {}
    for name, begins in map(_tag, _SHOWING.finditer(body, at)):
        after.setdefault(name, begins)
    return any(begins and after.get(name) is False for name, begins in before.items())


def _tag(found: re.Match[bytes]) -> tuple[bytes, bool]:
    """The name of an element, or of comments, and whether it begins here."""
    return (found[2].lower(), not found[1]) if found[2] else (b"--", found[3] is not None)
