"""XHTML that was sent as XML, written as HTML: a parser of HTML then finds what a parser of XML would.

HTML has no empty-element tags but for void elements: what follows `<script/>` or `<title/>` would be its content, and
lost. Nor does it know CDATA sections, processing instructions, an internal DTD or prefixes. Markup that is not
well-formed is treated in the same way, and no further than that.
"""

from __future__ import annotations

import html
import re

_VOID = {
    *("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link"),
    *("meta", "param", "source", "track", "wbr"),
}
"""Elements that have no end tag in HTML (HTML, 13.1.2), with those that are obsolete."""
_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<!\[CDATA\[(?P<data>.*?)(?:\]\]>|\Z)"
    r"|<\?.*?(?:\?>|\Z)"
    r"|<(?P<name>[A-Za-z_][\w.:-]{0,100})(?P<attributes>(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*)/>",
    re.DOTALL,
)
_DTD = re.compile(r"(<!DOCTYPE[^\[<>]{0,2000})\[(.*?)\]\s*>", re.DOTALL | re.IGNORECASE)
_PREFIX = re.compile(r"xmlns:([A-Za-z_][\w.-]{0,40})\s*=\s*[\"']http://www\.w3\.org/1999/xhtml[\"']")
_ENTITY = re.compile(r"<!ENTITY\s+([A-Za-z_][\w.-]{0,40})\s+(?:\"([^\"&%<]{0,64})\"|'([^'&%<]{0,64})')\s*>")
_MOST_REFERENCES = 10_000
_HEAD = 1 << 14
"""Where the internal DTD and the namespaces of a page are, in characters."""


def as_html(markup: str) -> str:
    """The markup as HTML: comments as they are, entities of the internal DTD resolved where they are plain words."""
    head = markup[:_HEAD]
    prefixes = sorted({re.escape(prefix) for prefix in _PREFIX.findall(head)})
    entities: dict[str, str] = {}
    if dtd := _DTD.search(head):
        entities = {name: one or other for name, one, other in _ENTITY.findall(dtd[2])}
        markup = f"{markup[: dtd.start()]}{dtd[1]}>{markup[dtd.end() :]}"
    markup = _PIECE.sub(_rewritten, markup)
    if prefixes:
        markup = re.sub(rf"(</?)(?:{'|'.join(prefixes)}):(?=[A-Za-z])", r"\1", markup)
    if entities:
        names = "|".join(sorted(map(re.escape, entities)))
        markup = re.sub(rf"&({names});", lambda found: entities[found[1]], markup, count=_MOST_REFERENCES)
    return markup


def _rewritten(piece: re.Match[str]) -> str:
    if (data := piece["data"]) is not None:
        return html.escape(data, quote=False)
    if (name := piece["name"]) is None:
        return piece[0] if piece[0].startswith("<!--") else ""
    void = name.rpartition(":")[2].lower() in _VOID
    return piece[0] if void else f"<{name}{piece['attributes']}></{name}>"
