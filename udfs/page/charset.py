"""A page's bytes as text, decoded as browsers do.

The order is the HTML standard's (13.2.3.2): byte order mark, Content-Type header, `<meta>` in the first 1024 bytes (or
later in the head, where browsers would start again), then detection by resiliparse. Labels are those of the WHATWG
Encoding Standard. In XML, a `<meta>` has no meaning: the XML declaration counts, and without one the encoding is UTF-8
(XML 1.0, 4.3.3). What the first bytes show about UTF-16 comes before any declaration: zeros around the first tag are
UTF-16 or UTF-32, and a page without any zero is neither. The standard has no UTF-32: browsers read it as UTF-16, and
lose letters beyond U+FFFF.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import cache

from resiliparse.parse.encoding import detect_encoding

from decantry.udfs.archive.media_type import is_xml, media_type
from decantry.udfs.archive.sniff import SNIFFED, is_utf8
from decantry.udfs.archive.wide import wide_encoding
from decantry.udfs.page.encodings import MULTIBYTE, encoding_of, table
from decantry.udfs.page.meta_charset import declared_in_markup, declared_in_xml

DETECTED = 1 << 16
"""How many bytes the detector reads."""

_PARAMETER = re.compile(r"(?<![\w-])charset\s*=\s*[\"']?\s*([^\s;,\"']+)", re.IGNORECASE)
_TAG = re.compile(rb"<(?:!|/?[A-Za-z][A-Za-z0-9]{0,15})[\s>]|<!doctype", re.IGNORECASE)
"""A tag in letters of one byte."""
_MARK = re.compile(rb"(?:\xef\xbb\xbf)+")
_MARKS = {
    "utf-32le": codecs.BOM_UTF32_LE,
    "utf-32be": codecs.BOM_UTF32_BE,
    "utf-16le": codecs.BOM_UTF16_LE,
    "utf-16be": codecs.BOM_UTF16_BE,
}
"""Byte order marks. That of UTF-32 is also that of UTF-16 and a zero: the next
four bytes are no code point then."""


@dataclass(frozen=True)
class Decoded:
    """A text without NUL characters, its encoding, and how many U+FFFD decoding inserted.

    `utf8` is the text in UTF-8 if the bytes were UTF-8 already; else None.
    """

    text: str
    charset: str
    errors: int
    utf8: bytes | None = field(default=None, compare=False, repr=False)


def decode_page(body: bytes, content_type: str | None = None) -> Decoded:
    """The body as text. Never raises: bytes that cannot be decoded become U+FFFD and are counted."""
    marked, skip = _byte_order_mark(body)
    if marked:
        return decode(body[skip:], marked)
    charset = wide_encoding(body) or declared_in_header(content_type)
    if charset in _WIDE and b"\0" not in body[:SNIFFED] and (_TAG.search(body, 0, SNIFFED) or is_utf8(body)):
        charset = None
    if charset is None and is_xml(media_type(content_type)):
        charset = declared_in_xml(body) or ("utf-8" if is_utf8(body) else None)
    charset = charset or declared_in_markup(body)
    if charset is None:
        try:
            return _without_zeros(body.decode("utf-8"), "utf-8", 0, body)
        except UnicodeDecodeError as error:
            charset = "utf-8" if _only_cut(body, error) else detect(body)
    return decode(body, charset)


def decode_text(body: bytes, content_type: str | None = None) -> Decoded:
    """A plain text, decoded by its byte order mark, else its Content-Type, else as UTF-8. Never raises.

    A text that is declared as UTF-16 is UTF-8 if it could be, is not short, and has no zero.
    """
    marked, skip = _byte_order_mark(body)
    charset = marked or declared_in_header(content_type) or "utf-8"
    if charset in _WIDE and not marked and len(body) > _SHORT and b"\0" not in body[:SNIFFED] and is_utf8(body):
        charset = "utf-8"
    return decode(body[skip:], charset)


def _byte_order_mark(body: bytes) -> tuple[str | None, int]:
    if found := _MARK.match(body):  # several, where files were put together
        return "utf-8", found.end()
    for encoding, mark in _MARKS.items():
        if body.startswith(mark) and (encoding != "utf-32le" or (body[6:7] <= b"\x10" and body[7:8] in (b"\0", b""))):
            return encoding, len(mark)
    return None, 0


def declared_in_header(content_type: str | None) -> str | None:
    """The encoding in a Content-Type header; None if it names no known encoding."""
    match = _PARAMETER.search(content_type) if content_type and len(content_type) < 1000 else None
    return encoding_of(match[1]) if match else None


def _only_cut(body: bytes, error: UnicodeDecodeError) -> bool:
    """Whether the bytes are UTF-8, except that the last character may be cut short."""
    return error.start >= len(body) - 3 and error.reason == "unexpected end of data"


def detect(body: bytes) -> str:
    """The detector's guess for bytes that are not UTF-8 and do not say what they are."""
    guess = (detect_encoding(body, max_len=DETECTED, html5_compatible=False) or "").lower().replace("_", "-")
    known = encoding_of(guess) or encoding_of(guess.replace("iso", "iso-", 1)) or _PYTHON_NAMES.get(guess)
    return "windows-1252" if known in (None, "replacement", "utf-8") else str(known)


_WIDE = ("utf-16le", "utf-16be")
_SHORT = 64
"""A text of this many bytes in UTF-16 may be valid UTF-8 by chance: `中` has the bytes of `-N`."""
_PYTHON_NAMES = {
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
    "mac-roman": "macintosh",
    "iso2022-jp": "iso-2022-jp",
    # Hardly any web page uses it, and short texts in windows-1251 look like it.
    "mac-cyrillic": "windows-1251",
}


def decode(body: bytes, charset: str) -> Decoded:
    """The bytes read with a named encoding (a name of the standard, lower-cased)."""
    if charset == "replacement":
        return Decoded("\ufffd" if body else "", charset, int(bool(body)))
    codec = MULTIBYTE.get(charset)
    if codec is None:
        text, _ = codecs.charmap_decode(body, "replace", _table(charset))
        errors = text.count("\ufffd")
    else:
        try:
            text, errors = body.decode(codec), 0
        except UnicodeDecodeError:
            text, errors = _with_replacements(body, charset, codec)
    return _without_zeros(text, charset, errors, body)


def _without_zeros(text: str, charset: str, errors: int, body: bytes) -> Decoded:
    if b"\0" in body:
        return Decoded(text.replace("\0", ""), charset, errors)
    return Decoded(text, charset, errors, body if charset == "utf-8" and not errors else None)


def _with_replacements(body: bytes, charset: str, codec: str) -> tuple[str, int]:
    if charset == "euc-jp":
        # The standard's JIS X 0208 index has NEC's row 13, which Python's euc_jp lacks and euc_jis_2004 has.
        try:
            return body.decode("euc_jis_2004"), 0
        except UnicodeDecodeError:
            pass
    text = body.decode(codec, "replace")
    own = body.count(b"\xef\xbf\xbd") if charset == "utf-8" else 0
    return text, text.count("\ufffd") - own


_table = cache(table)
