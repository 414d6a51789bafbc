from __future__ import annotations

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webencodings import LABELS

from decantry.udfs.page.charset import Decoded, decode, decode_page
from decantry.udfs.page.encodings import MULTIBYTE, encoding_of, table
from decantry.udfs.page.meta_charset import HEAD

GREETING = "Съешь ещё этих мягких французских булок, да выпей чаю"


def meta(charset: str) -> bytes:
    return f'<html><head><meta charset="{charset}">'.encode()


@pytest.mark.parametrize(
    ("body", "header", "charset"),
    [
        (codecs.BOM_UTF8 + GREETING.encode(), "text/html; charset=windows-1251", "utf-8"),
        (codecs.BOM_UTF16_LE + GREETING.encode("utf-16-le"), "text/html; charset=utf-8", "utf-16le"),
        (codecs.BOM_UTF16_BE + GREETING.encode("utf-16-be"), None, "utf-16be"),
        (meta("utf-8") + GREETING.encode("cp1251"), "text/html; charset=Windows-1251", "windows-1251"),
        (meta("utf-8") + GREETING.encode("cp1251"), "text/html;charset='x-cp1251'", "windows-1251"),
        (meta("koi8-r") + GREETING.encode("koi8-r"), "text/html", "koi8-r"),
        (meta("koi8-r") + GREETING.encode("koi8-r"), "text/html; charset=nonsense", "koi8-r"),
        (meta("utf-16") + GREETING.encode(), None, "utf-8"),
        (meta("x-user-defined") + b"caf\xe9", None, "windows-1252"),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">' + GREETING.encode("koi8-r"),
            None,
            "koi8-r",
        ),
        (
            b"<!-- <meta charset=koi8-r> --><meta charset=windows-1251>" + GREETING.encode("cp1251"),
            None,
            "windows-1251",
        ),
        (b"<META/CHARSET = 'koi8-r'/>" + GREETING.encode("koi8-r"), None, "koi8-r"),
        (b'<?xml version="1.0" encoding="koi8-r"?><html>' + GREETING.encode("koi8-r"), None, "koi8-r"),
        (b"<html>" + b" " * 3000 + meta("koi8-r") + GREETING.encode("koi8-r"), None, "koi8-r"),
        (b"<html>" + b" " * 2000 + b"<script>'<meta charset=koi8-r>'</script>" + GREETING.encode(), None, "utf-8"),
        (GREETING.encode(), None, "utf-8"),
        (GREETING.encode("cp1251") * 5, None, "windows-1251"),
        (b"plain", None, "utf-8"),
        (b"", None, "utf-8"),
    ],
)
def test_declarations_have_the_precedence_of_browsers(body: bytes, header: str | None, charset: str) -> None:
    decoded = decode_page(body, header)
    assert decoded.charset == charset
    assert decoded.errors == 0
    if charset not in ("windows-1252",) and len(body) > 60:
        assert GREETING in decoded.text


@pytest.mark.parametrize(
    ("body", "charset", "text", "errors"),
    [
        (b"\x80\x81\x93\xe9\x9d", "windows-1252", "\u20ac\x81\u201c\xe9\x9d", 0),
        (b"\xaa\x81", "windows-1253", "\ufffd\x81", 1),
        (b"a\xffb\xe2\x82c", "utf-8", "a\ufffdb\ufffdc", 2),
        (b"\xef\xbf\xbd\xff", "utf-8", "\ufffd\ufffd", 1),
        (b"\xed\xa0\x80", "utf-8", "\ufffd\ufffd\ufffd", 3),
        (b"a\0b\0", "utf-8", "ab", 0),
        (b"\xa2\xe3\x81\x30\x81\x30", "gbk", "\u20ac\x80", 0),
        (b"\x87\x40\x80", "shift_jis", "\u2460\x80", 0),
        (b"\xad\xa1\xa4\xa2", "euc-jp", "\u2460\u3042", 0),
        (b"\xc8\xc8\x81\x41", "euc-kr", "\ud6d1\uac02", 0),
        (b'\x1b$B$"\x1b(B', "iso-2022-jp", "\u3042", 0),
        (b"\xa2\xb6\xff", "x-mac-cyrillic", "\u0490\u0491\u20ac", 0),
        (b"\xae\xbe", "koi8-u", "\u045e\u040e", 0),
        (b"a\x80\xff", "x-user-defined", "a\uf780\uf7ff", 0),
        (b"anything", "replacement", "\ufffd", 1),
        (b"", "replacement", "", 0),
        (b"h\0\xe9", "utf-16le", "h\ufffd", 1),
    ],
)
def test_bytes_are_decoded_as_in_the_standard(body: bytes, charset: str, text: str, errors: int) -> None:
    assert decode(body, charset) == Decoded(text, charset, errors)


def test_a_wrong_declaration_is_followed_and_its_errors_are_counted() -> None:
    decoded = decode_page(GREETING.encode("cp1251"), "text/html; charset=utf-8")
    assert decoded.charset == "utf-8"
    assert decoded.errors == decoded.text.count("\ufffd") > 30


def test_labels() -> None:
    assert len(LABELS) == 228  # as many as the standard has
    assert encoding_of(" LATIN1\n") == encoding_of("us-ascii") == "windows-1252"
    assert encoding_of("gb2312") == "gbk" and encoding_of("hz-gb-2312") == "replacement"
    assert encoding_of("utf-7") is None and encoding_of("utf-32") is None


@pytest.mark.parametrize("name", sorted(set(LABELS.values()) - {"replacement"}))
def test_ascii_is_ascii_in_every_encoding_but_utf16(name: str) -> None:
    ascii_ = bytes(range(1, 128)) if name != "iso-2022-jp" else b"plain text"
    if name.startswith("utf-16"):
        assert decode("ab".encode(name), name).text == "ab"
    else:
        assert decode(ascii_, name) == Decoded(ascii_.decode("ascii"), name, 0)
    if name not in MULTIBYTE:
        assert len(table(name)) == 256


@given(st.binary(max_size=300), st.sampled_from([None, "text/html; charset=utf-8", "x; charset=shift_jis", "charset="]))
def test_decoding_never_raises_and_leaves_no_nul(body: bytes, header: str | None) -> None:
    decoded = decode_page(body, header)
    assert "\0" not in decoded.text
    assert 0 <= decoded.errors <= decoded.text.count("\ufffd")
    decoded.text.encode("utf-8")


@pytest.mark.parametrize(
    "unit", [b"<!--", b"<!-->", b"<meta ", b"<meta >", b"<meta charset>", b"<a '", b"<script>", b"<?xml ", b"</a"]
)
def test_the_prescan_takes_linear_time(unit: bytes) -> None:
    """Four times the input takes less than eight times the processor time, by the minimum of three measurements."""

    def seconds(size: int) -> float:
        body = b"charset=x" + unit * (size // len(unit))
        begin = time.process_time()
        decode_page(body)
        return time.process_time() - begin

    quarter, whole = (min(seconds(size) for _ in range(3)) for size in (HEAD // 4, HEAD))
    assert whole < 8 * quarter + 0.02
