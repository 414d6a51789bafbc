"""Pages for which a parser or an extractor would need seconds or minutes."""

from __future__ import annotations

HOSTILE = {
    "deep": "<div>" * 100_000 + "text",
    "attributes": "<div " + " ".join(f"a{number}=1" for number in range(200_000)) + ">text</div>",
    "unclosed": "<b><i>" * (1 << 18),
    "unclosed paragraphs": "<b><i><p>" * (1 << 17),
    "fonts": "".join(f"<font size={number}>" for number in range(60_000)) + "<p>x" * 60_000,
    "fonts closed": "".join(f"<font size={number}></b>" for number in range(60_000)),
    "links": "<a><p>" * (1 << 18),
    "tables": "<table><tr><td>" * 50_000,
    "templates": "<svg><template>" * 50_000,
    "comments": "<!-- x -->" * 800_000,
    "span": "<td colspan=9007199254740991>" * 1000,
    "angle brackets": "<" * (8 << 20),
    "tags": "<p>x</p>" * 2_000_000,
    "one line": "a" * (16 << 20),
    "white space": "<pre>" + " \n" * (8 << 20),
    "classes": "<div class='" + "a " * (4 << 20) + "'>x",
    "entities": "&amp;" * 3_000_000,
    "nothing": "",
}
