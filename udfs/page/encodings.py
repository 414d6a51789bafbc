"""The encodings of the web (WHATWG Encoding Standard, 4.2), and the Python codec of each."""

from __future__ import annotations

from webencodings import LABELS

MULTIBYTE = {
    "utf-8": "utf-8",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf-32le": "utf-32-le",
    "utf-32be": "utf-32-be",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}
"""Multi-byte encodings, and the Python codec that is nearest to the standard's decoder. The standard has no UTF-32."""

_SINGLE = {
    "iso-8859-8-i": "iso-8859-8",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "windows-874": "cp874",
}
_DIFFERS = {
    "koi8-u": {0xAE: "ў", 0xBE: "Ў"},
    "x-mac-cyrillic": {0xA2: "Ґ", 0xB6: "ґ", 0xFF: "€"},
}


def encoding_of(label: str) -> str | None:
    """The encoding with this label, ignoring case and white space around it; None if there is none."""
    name: str | None = LABELS.get(label.strip("\t\n\f\r ").lower())
    return name


def table(name: str) -> str:
    """The 256 characters of a single-byte encoding; U+FFFD for bytes without a character."""
    if name == "x-user-defined":
        return "".join(chr(byte if byte < 0x80 else 0xF780 + byte - 0x80) for byte in range(256))
    codec = _SINGLE.get(name, name)
    return "".join(_DIFFERS.get(name, {}).get(byte) or _character(codec, byte) for byte in range(256))


def _character(codec: str, byte: int) -> str:
    try:
        return bytes([byte]).decode(codec)
    except UnicodeDecodeError:
        return chr(byte) if 0x80 <= byte <= 0x9F else "\ufffd"
