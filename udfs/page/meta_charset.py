"""The encoding that a page's markup declares: the HTML standard's prescan (13.2.3.2, "prescan a byte stream")."""

from __future__ import annotations

import re

from decantry.udfs.page.encodings import encoding_of

PRESCAN = 1024
"""How many bytes browsers prescan."""
HEAD = 1 << 16
"""How many bytes are searched for a later `<meta>`. A browser that finds one there starts again with it."""

_XML = re.compile(rb"<\?xml[\s][^>]*?encoding\s*=\s*(?:\"([^\">]*)\"|'([^'>]*)')")
_META = re.compile(rb"<meta[\s/]", re.IGNORECASE)
_RAW = re.compile(rb"<(script|style|noscript|title|template)[\s>/]", re.IGNORECASE)
_BODY = re.compile(rb"<body[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"</?[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>?")
_ATTRIBUTE = re.compile(rb"[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?")
_CHARSET = re.compile(rb"charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;\"']+))", re.IGNORECASE)


def declared_in_markup(body: bytes) -> str | None:
    """The encoding in a `<meta>` or an XML declaration; None if there is none.

    UTF-16 in a declaration that could be read means UTF-8, and x-user-defined means windows-1252 (HTML 13.2.3.2).
    """
    head = body[:PRESCAN]
    if b"charset" in head.lower():
        found = _scan(head, raw=True)
        if found:
            return found
    if found := declared_in_xml(head):
        return found
    late = body[:HEAD]
    if len(body) > PRESCAN and b"charset" in late.lower():
        return _scan(late, raw=False)
    return None


def declared_in_xml(body: bytes) -> str | None:
    """The encoding in an XML declaration; None if there is none."""
    head = body[:PRESCAN]
    xml = _XML.match(head)
    return _settled(xml[1] or xml[2] or b"") if xml else None


def _scan(head: bytes, *, raw: bool) -> str | None:
    """The first encoding in a `<meta>`; unless `raw`, not one in a script or the like, and not one after `<body>`."""
    lowered = head.lower()
    at = head.find(b"<")
    while at >= 0:
        if head.startswith(b"<!--", at):
            end = head.find(b"-->", at + 2)
            if end < 0:
                return None
            at = head.find(b"<", end + 3)
            continue
        tag = _TAG.match(head, at)
        after = tag.end() if tag else at + 1
        if _META.match(head, at):
            found = _meta(head, at + 5) if b"charset" in lowered[at:after] else None
            if found:
                return found
        elif not raw:
            if _BODY.match(head, at):
                return None
            text = _RAW.match(head, at)
            if text:
                close = lowered.find(b"</" + text[1].lower(), at + 1)
                if close < 0:
                    return None
                after = close + 2
        at = head.find(b"<", after)
    return None


def _meta(head: bytes, at: int) -> str | None:
    """The encoding in the meta element whose attributes begin at `at`; None if it has none."""
    values: dict[bytes, bytes] = {}
    while at < len(head) and head[at : at + 1] != b">":
        match = _ATTRIBUTE.match(head, at)
        if match is None or match.end() == at:
            break
        values.setdefault(match[1].lower(), match[2] or match[3] or match[4] or b"")
        at = match.end()
        while head[at : at + 1] in (b" ", b"\t", b"\n", b"\r", b"\f", b"/"):
            at += 1
    if b"charset" in values:
        return _settled(values[b"charset"])
    if values.get(b"http-equiv", b"").lower() == b"content-type":
        match = _CHARSET.search(values.get(b"content", b""))
        if match:
            return _settled(match[1] or match[2] or match[3] or b"")
    return None


def _settled(label: bytes) -> str | None:
    name = encoding_of(label.decode("latin-1"))
    if name in ("utf-16le", "utf-16be"):
        return "utf-8"
    return "windows-1252" if name == "x-user-defined" else name
