"""Markup that would take a parser or an extractor quadratic time, found in linear time.

Measured with resiliparse 2.0.1: main-content extraction takes about 3e-8 s a node and level of depth (10,000 nested
`<div>` take 2 s, 100,000 leaves at depth 500 take 1.5 s), plain extraction is linear; parsing is quadratic in the
attributes of one tag (20,000 take 0.7 s).
"""

from __future__ import annotations

import re
from typing import Any

MAX_WORK = 40_000_000
"""Nodes times depth up to which the main content is looked for: some 1.2 s."""
MAX_ATTRIBUTES = 8_000
"""Attributes of one tag up to which a page is parsed: some 0.1 s."""

_WINDOW = 1 << 15
"""A tag of MAX_ATTRIBUTES distinct attributes is longer than this."""
_STRETCH = 1 << 12
_TAG = re.compile(r"<[a-zA-Z]")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_BETWEEN = re.compile(r"[\s/]+")
_NOT_NESTING = ("<br", "<img", "<!--", "<input", "<link", "<meta", "/>", "<li", "<p>", "<option")


def too_many_attributes(html: str) -> bool:
    """Whether some tag has more than MAX_ATTRIBUTES attributes."""
    at, length = 0, len(html)
    while length - at > _WINDOW:
        last = html.rfind(">", at, at + _WINDOW)
        if last >= 0:
            at = last + 1
            continue
        end = html.find(">", at + _WINDOW)
        end = length if end < 0 else end
        tag = _TAG.search(html, at, end)
        if tag and len(_BETWEEN.split(_QUOTED.sub("", html[tag.start() : end]))) > MAX_ATTRIBUTES:
            return True
        at = end + 1
    return False


def may_nest_deeply(html: str) -> bool:
    """Whether nodes times depth may exceed MAX_WORK: a bound from the balance of tags opened and closed."""
    tags = html.count("<")
    if tags * tags <= MAX_WORK:
        return False
    depth = deepest = 0
    for at in range(0, len(html), _STRETCH):
        piece = html[at : at + _STRETCH]
        opened = piece.count("<")
        closed = piece.count("</")
        flat = sum(piece.count(mark) for mark in _NOT_NESTING)
        deepest = max(deepest, depth + opened - closed - flat)
        depth += opened - 2 * closed - flat
        if depth < 0:
            depth = 0
    return tags * deepest > MAX_WORK


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
