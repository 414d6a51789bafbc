"""Recognising, in linear time, markup for which a parser or an extractor would need more than linear time.

Measured with resiliparse 2.0.1: parsing takes some 0.2 us for each tag, plain extraction 0.5, main-content extraction
1.6, plus 0.03 us for each node and level of depth (10,000 nested `<div>` take 2 s, 100,000 leaves at depth 500 1.5 s).
Parsing is quadratic in the attributes of one tag (20,000 take 0.7 s), and in the formatting elements that are open and
differ (20,000 `<font>` take 3 s).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, AnyStr

MAX_WORK = 40_000_000
"""The most nodes times depth for main-content extraction: some 1.2 s."""
MAX_ATTRIBUTES = 8_000
"""The most attributes of one tag for parsing: some 0.1 s. For several tags, the squares of their numbers are added."""
MAX_TAGS = 1_000_000
"""The most tags for parsing: some 1.2 s."""
MAX_MAIN_TAGS = 400_000
"""The most tags for main-content extraction: some 0.8 s."""
MAX_WALKED = 150_000
"""The most tags for measuring the depth of a page that may be deep. A page with more counts as deep."""
MAX_FORMATTING = 5_000
"""The most formatting elements that are open at once for parsing: some 0.1 s."""

_WINDOW = 1 << 12
"""A tag with many attributes has more characters than this."""
_STRETCH = 1 << 12
_TAG = re.compile(r"<[a-zA-Z]")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_BETWEEN = re.compile(r"[\s/]+")
_VOID = ("<br>", "<br/", "<br ", "<img ", "<!--", "<meta ")
"""Markup that never nests: comments, and void elements that also end foreign content (HTML 13.2.6.5)."""
_ENDING = (*_VOID, "<li>", "<li ", "<p>", "<p ")
"""Elements that the next element of the same kind ends. Between two other elements, at most one of each nests."""
_FORMATTING = re.compile(r"<(/?)(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s>/])([^>]{0,99})", re.I)
"""HTML 13.2.4.3, the list of active formatting elements."""
_EQUAL = 3
"""How many elements with equal names and attributes stay in that list."""


def is_simple(utf8: bytes) -> bool:
    """Whether a page in UTF-8 has so few tags, and so few long ones, that it passes every other measure."""
    import numpy as np

    if np.count_nonzero(np.frombuffer(utf8, np.uint8) == ord("<")) > MAX_FORMATTING:
        return False
    stretches = [utf8[at:end] for at, end in _without_end(utf8, b">")]
    if sum((len(stretch) // 2 + 2) ** 2 for stretch in stretches) <= MAX_ATTRIBUTES**2:
        return True
    return sum(_attributes_at_most(stretch) ** 2 for stretch in stretches) <= MAX_ATTRIBUTES**2


def _attributes_at_most(stretch: bytes) -> int:
    """An upper bound of the parts that `_BETWEEN` splits: counts runs of blanks and slashes, and bytes that may begin a
    blank.
    """
    import numpy as np

    characters = np.frombuffer(stretch, np.uint8)
    separators = ((characters >= 9) & (characters <= 13)) | ((characters >= 28) & (characters <= 32))
    separators |= characters == ord("/")
    blanks = (characters == 0xC2) | ((characters >= 0xE1) & (characters <= 0xE3))  # U+0085, A0, 1680, 2000.., 3000
    return int(np.count_nonzero(separators[1:] & ~separators[:-1]) + np.count_nonzero(blanks)) + 2


def tags_of(html: str) -> int:
    """An upper bound of the number of tags in the page."""
    return html.count("<")


def too_complex(html: str, tags: int) -> str | None:
    """Why the page must not be parsed, in one line; None if it can be."""
    if too_many_attributes(html):
        return "a tag has thousands of attributes"
    if tags > MAX_TAGS:
        return f"the page has {tags} tags"
    if leaves_formatting_open(html, tags):
        return f"more than {MAX_FORMATTING} formatting elements are open at a time"
    return None


def too_many_attributes(html: str) -> bool:
    """Whether the squares of the numbers of attributes add up to more than the square of MAX_ATTRIBUTES."""
    stretches = list(_without_end(html, ">"))
    if sum(((end - at) // 2 + 2) ** 2 for at, end in stretches) <= MAX_ATTRIBUTES**2:
        return False  # an attribute and its separator have at least two characters
    work = 0
    for at, end in stretches:
        tag = _TAG.search(html, at, end)
        if tag:
            work += len(_BETWEEN.split(_QUOTED.sub("", html[tag.start() : end]))) ** 2
            if work > MAX_ATTRIBUTES**2:
                return True
    return False


def _without_end(html: AnyStr, mark: AnyStr) -> Iterator[tuple[int, int]]:
    """The bounds of stretches longer than a window in which no tag ends. `mark` is the end of a tag."""
    at, length = 0, len(html)
    while length - at > _WINDOW:
        last = html.rfind(mark, at, at + _WINDOW)
        if last >= 0:
            at = last + 1
            continue
        end = html.find(mark, at + _WINDOW)
        end = length if end < 0 else end
        yield at, end
        at = end + 1


def leaves_formatting_open(html: str, tags: int) -> bool:
    """Whether more than MAX_FORMATTING different formatting elements are open at once somewhere."""
    if tags <= MAX_FORMATTING or tags - html.count("</") <= MAX_FORMATTING:
        return False
    opened: Counter[str] = Counter()
    equal: Counter[tuple[str, str]] = Counter()
    total = 0
    for tag in _FORMATTING.finditer(html):
        name = tag[2].lower()
        if not tag[1]:
            key = name, tag[3]
            equal[key] += 1
            if equal[key] <= _EQUAL:
                opened[name] += 1
                total += 1
                if total > MAX_FORMATTING:
                    return True
        elif opened[name]:
            opened[name] -= 1
            total -= 1
    return False


def is_costly(html: str, tags: int, tree: Any) -> bool:
    """Whether main-content extraction from a parsed page would take too long. Then all of its text is taken."""
    if tags > MAX_MAIN_TAGS:
        return True
    return may_nest_deeply(html, tags) and (tags > MAX_WALKED or nests_deeply(tree))


def may_nest_deeply(html: str, tags: int) -> bool:
    """Whether nodes times depth may exceed MAX_WORK: a bound from the balance of tags opened and closed.

    End tags that end nothing count, too. If thousands of them hide the depth, the page's time limit applies.
    """
    if tags * tags <= MAX_WORK:
        return False
    return all(
        tags * (most * _deepest(html, flat) + most) > MAX_WORK for flat, most in (((), 1), (_VOID, 1), (_ENDING, 3))
    )


def _deepest(html: str, flat: Sequence[str]) -> int:
    """The greatest depth of the tags, without those that `flat` matches, if every end tag ends an element."""
    depth = deepest = 0
    for at in range(0, len(html), _STRETCH):
        piece = html[at : at + _STRETCH]
        closed = piece.count("</")
        opened = piece.count("<") - sum(piece.count(mark) for mark in flat)
        deepest = max(deepest, depth + opened - closed)
        depth = max(0, depth + opened - 2 * closed)
    return deepest


def nests_deeply(tree: Any) -> bool:
    """Whether nodes times depth exceed MAX_WORK in a parsed page."""
    from resiliparse.parse.html import traverse_dom

    nodes = deepest = 0

    def enter(context: Any) -> None:
        nonlocal nodes, deepest
        nodes += 1
        deepest = max(deepest, context.depth)

    if tree.document is None:
        return False
    traverse_dom(tree.document, enter)
    return nodes * deepest > MAX_WORK
