"""The type of a body according to its first bytes, if headers are missing or wrong (WHATWG MIME Sniffing, 7.1)."""

from __future__ import annotations

import re

from decantry.udfs.archive.wide import wide_encoding

SNIFFED = 1445
"""How many bytes are read (WHATWG MIME Sniffing, 5.2)."""

_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes that do not occur in text (WHATWG MIME Sniffing, 3, binary data bytes), except the zeros of UTF-16."""
_LOOKED_AT = 1 << 10
_PROLOGUE = re.compile(rb"(?:\s|\xef\xbb\xbf)+|<\?xml[^>]*>")
_DOCUMENT = re.compile(rb"<(?:!doctype\s*(?:x?html:)?html|(?:x?html:)?html)[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"<(?:head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[\s>]", re.IGNORECASE)
_COMMENT = re.compile(rb"(?:\s|\xef\xbb\xbf)*<!--(?s:.*?)-->")
_BINARY = (
    b"%PDF-", b"%!PS-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b\x08", b"RIFF", b"OggS", b"ID3",
    b"\x7fELF", b"wOFF", b"wOF2", b"\x00\x00\x01\x00", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ", b"\x00asm",
    b"\xd0\xcf\x11\xe0", b"MThd", b"fLaC", b"\x1aE\xdf\xa3", b"FWS", b"CWS", b"MZ\x90\x00", b"\x00\x01\x00\x00\x00",
    b"\x1f\x9d",
)  # fmt: skip


def sniff(body: bytes) -> str | None:
    """`document` (declares itself HTML), `html` (begins with an HTML tag), `binary`, or None if it is unknown.

    A signature of letters only (`RIFF`, `ID3`) counts if the head also has a byte that does not occur in text. A
    comment is HTML, unless an XML declaration comes first.
    """
    head = _narrow(body[:SNIFFED])
    begin = _without_prologue(head)
    if _DOCUMENT.match(begin):
        return "document"
    if _TAG.match(begin) or _COMMENT.match(head):
        return "html"
    if body.startswith(_BINARY) and (not body[:3].isalnum() or b"\0" in head or _CONTROL.search(head)):
        return "binary"
    return None


def is_plainly_text(body: bytes, few: int = 0) -> bool:
    """Whether the body has no binary signature, and hardly any byte at its beginning is one that text never has.

    At most `few` such bytes do not matter.
    """
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or wide_encoding(body):
        return True
    controls = len(_CONTROL.findall(body, 0, _LOOKED_AT))
    return sniff(body) != "binary" and (controls <= few or controls * 50 <= min(len(body), _LOOKED_AT))


def has_tag(body: bytes) -> bool:
    """Whether a tag of HTML is at the body's beginning, after whatever bytes."""
    return _TAG.search(body, 0, SNIFFED) is not None


def _narrow(head: bytes) -> bytes:
    """The head in ASCII-compatible bytes: byte order marks and the zero bytes of UTF-16 removed."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head.replace(b"\0", b"").removeprefix(b"\xfe\xff") if wide_encoding(head) else head


def _without_prologue(head: bytes) -> bytes:
    """The head from its first tag on: white space, comments and an XML declaration removed."""
    at = 0
    while True:
        if head.startswith(b"<!--", at):
            end = head.find(b"-->", at + 4)
            if end < 0:
                return b"<!--"
            at = end + 3
        elif match := _PROLOGUE.match(head, at):
            at = match.end()
        else:
            return head[at:]


def is_utf8(body: bytes) -> bool:
    """Whether the whole body is valid UTF-8."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
