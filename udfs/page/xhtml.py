"""XHTML that was sent as XML, rewritten as HTML, so that an HTML parser finds what an XML parser would.

In HTML, only void elements can be empty-element tags: everything after `<script/>` or `<title/>` would be its content,
and lost. HTML also has no CDATA sections, processing instructions, internal DTD or prefixes. Markup that is not
well-formed is rewritten in the same way, and not repaired.
"""

from __future__ import annotations

import html
import re

_VOID = {
    *("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link"),
    *("meta", "param", "source", "track", "wbr"),
}
"""Elements without an end tag in HTML (HTML, 13.1.2), including obsolete ones."""
_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<!\[CDATA\[(?P<data>.*?)(?:\]\]>|\Z)"
    r"|<\?.*?(?:\?>|\Z)"
    r"|<(?P<name>[A-Za-z_][\w.:-]{0,100})(?P<attributes>[^<>\"']*(?:(?:\"[^<\"]*\"|'[^<']*')[^<>\"']*){0,1000})/>",
    re.DOTALL,
)
"""What is rewritten. An element may have 1,000 quoted values; to match one takes some 200 bytes of memory."""
_DTD = re.compile(r"(<!DOCTYPE[^\[<>]{0,2000})\[(.*?)\]\s*>", re.DOTALL | re.IGNORECASE)
_PREFIX = re.compile(r"xmlns:([A-Za-z_][\w.-]{0,40})\s*=\s*[\"']http://www\.w3\.org/1999/xhtml[\"']")
_ENTITY = re.compile(r"<!ENTITY\s+([A-Za-z_][\w.-]{0,40})\s+(?:\"([^\"&%<]{0,64})\"|'([^'&%<]{0,64})')\s*>")
_MOST_REFERENCES = 10_000
_HEAD = 1 << 14
"""In how many characters the internal DTD and the namespaces of a page are searched for."""


def as_html(markup: str) -> str:
    """The markup as HTML. Comments are unchanged; entities of the internal DTD are resolved if they are plain text."""
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
