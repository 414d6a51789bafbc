"""UTF-16 and UTF-32 that are not declared, or declared wrongly."""

from __future__ import annotations

import pytest

from decantry.udfs.archive.wide import wide_encoding
from decantry.udfs.page.charset import decode_page, decode_text

WORDS = "Стена гавани, 港の壁, Größe, 𠮷野 😀"
PAGE = f"<!doctype html><p>{WORDS}"
HEADERS = [
    None,
    *(f"text/html; charset={label}" for label in ("utf-8", "utf-16", "utf-16be", "utf-32", "windows-1251")),
]


@pytest.mark.parametrize("header", [*HEADERS, "application/xhtml+xml"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_zeros_around_the_first_tag_show_the_encoding(encoding: str, header: str | None) -> None:
    """XML 1.0, F.1."""
    name = encoding[:6] + encoding[7:]
    for page in (
        PAGE,
        "\ufeff" + PAGE,
        "\r\n\t" + PAGE,
        "<section>" + WORDS,
        "</p>" + WORDS,
        "<?xml version='1.0'?>" + PAGE,
    ):
        decoded = decode_page(page.encode(encoding), header)
        assert (decoded.charset, decoded.text, decoded.errors) == (name, page.removeprefix("\ufeff"), 0)


@pytest.mark.parametrize("label", ["utf-16", "UTF-16LE", "utf-16be", "unicode", "ucs-2", "csUnicode"])
def test_a_page_without_zeros_is_not_utf16(label: str) -> None:
    """Else it would become Chinese letters (lightpanda-io/browser#2856, where a `<meta>` says so)."""
    decoded = decode_page(PAGE.encode(), f"text/html; charset={label}")
    assert (decoded.charset, decoded.text) == ("utf-8", PAGE)
    decoded = decode_page(b"<meta charset=windows-1251>" + "Стена".encode("cp1251"), f"text/html; charset={label}")
    assert decoded.charset == "windows-1251" and decoded.text.endswith("Стена")


def test_a_text_without_zeros_is_not_utf16_unless_it_is_short() -> None:
    header = "text/plain; charset=utf-16le"
    assert decode_text(WORDS.encode() * 3, header).text == WORDS * 3
    assert decode_text("中文".encode("utf-16-le"), header).text == "中文"
    assert decode_text("港の壁を築く。".encode("utf-16-le") * 9, header).text == "港の壁を築く。" * 9


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_long_page_in_chinese_without_a_tag_is_as_declared(encoding: str) -> None:
    page = "港の壁を三年の夏に築いた、" * 100 + "<p>x</p>"
    assert decode_page(page.encode(encoding), f"text/html; charset={encoding[:6]}{encoding[7:]}").text == page


def test_a_zero_after_the_mark_of_utf16_is_not_the_mark_of_utf32() -> None:
    assert decode_page(b"\xff\xfe\0\0" + PAGE.encode("utf-16-le")).text == PAGE
    assert decode_page(b"\xff\xfe\0\0" + PAGE.encode("utf-32-le")).charset == "utf-32le"


def test_words_in_utf16_need_a_declaration() -> None:
    assert decode_page(WORDS.encode("utf-16-be"), "text/html; charset=utf-16be").text == WORDS
    assert decode_text(WORDS.encode("utf-32"), "text/plain").text == WORDS


@pytest.mark.parametrize(
    "body", [b"", b"<", b"\0", b"<p>", b"\0\0\0<p>a", b"< \0a", b"a\0b\0", b"<\0\0\0\0p", b"\0<p>"]
)
def test_other_zeros_show_nothing(body: bytes) -> None:
    assert wide_encoding(body) is None


@pytest.mark.parametrize("count", [2, 3])
def test_all_byte_order_marks_at_the_beginning_are_removed(count: int) -> None:
    """Programs that put files together keep the mark of each."""
    assert decode_page(b"\xef\xbb\xbf" * count + PAGE.encode()).text == PAGE
    assert decode_text(b"\xef\xbb\xbf" * count + WORDS.encode()).text == WORDS


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ('text/html; charset="windows-1251', "windows-1251"),  # no closing quote
        ('text/html; charset=" windows-1251 "', "windows-1251"),
        ("text/html;;charset=windows-1251", "windows-1251"),  # bda-research/node-crawler#193
        ("text/html; x-charset=koi8-r; charset=windows-1251", "windows-1251"),  # another parameter
        ("text/html; charset=windows-1251; charset=utf-8", "windows-1251"),  # WHATWG MIME Sniffing, 4.4: the first
        ("text/html; charset=binary", "utf-8"),
        ("text/html; charset=ISO-88509-1", "utf-8"),  # apify/crawlee#2901
        ("text/html; utf-8", "utf-8"),  # Kozea/WeasyPrint#2672
    ],
)
def test_charsets_in_odd_headers(header: str, charset: str) -> None:
    body = ("<p>" + "Стена гавани").encode("cp1251" if charset == "windows-1251" else "utf-8")
    decoded = decode_page(body, header)
    assert (decoded.charset, decoded.text) == (charset, "<p>Стена гавани")
