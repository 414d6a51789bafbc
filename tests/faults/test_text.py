"""Faults 8, 14, 15, 18 and 33: bombs, wrong encodings, invalid addresses and dates, truncated models."""

from __future__ import annotations

import gzip
import resource
from pathlib import Path

import pytest

from decantry.jobs.ingest.options import IngestOptions, resolve
from decantry.jobs.process.errors import UserError
from decantry.jobs.setup.cache import model_path
from decantry.udfs.archive.url import site_of
from decantry.udfs.page.page import instant
from tests.faults.reading import read
from tests.warc_files import http, response, write

RUSSIAN = "Съешь ещё этих мягких французских булок, да выпей чаю."
CHINESE = "天地玄黃,宇宙洪荒。日月盈昃,辰宿列張。"
JAPANESE = "いろはにほへと ちりぬるを わかよたれそ つねならむ"


def html(text: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("body", "header", "charset", "text", "errors"),
    [
        (html(RUSSIAN).encode("cp1251"), "text/html; charset=utf-8", "utf-8", "\ufffd", True),
        (html(RUSSIAN).encode("cp1251"), "text/html; charset=windows-1251", "windows-1251", RUSSIAN, False),
        (html(RUSSIAN * 9).encode("cp1251"), "text/html", "windows-1251", RUSSIAN, False),
        (html(RUSSIAN).encode("utf-16"), "text/html; charset=utf-8", "utf-16le", RUSSIAN, False),
        (html("A text in English.").encode("utf-16-le"), "text/html", None, "A text in English.", False),
        (html(RUSSIAN).encode("utf-16-le"), "text/html; charset=utf-16", "utf-16le", RUSSIAN, False),
        (html(CHINESE).encode("gb18030"), "text/html; charset=gb2312", "gbk", CHINESE, False),
        (html(JAPANESE).encode("shift_jis"), "text/html; charset=Shift_JIS", "shift_jis", JAPANESE, False),
        (html(JAPANESE, "<meta charset=euc-jp>").encode("euc-jp"), "text/html", "euc-jp", JAPANESE, False),
        (html("caf\xe9 ").encode().decode("latin-1").encode(), None, "utf-8", "caf\xc3\xa9", False),
        (html("one\0two").encode(), "text/html; charset=utf-8", "utf-8", "onetwo", False),
        (html("x").encode() + b"\xed\xa0\x80 \xed\xb0\x80", "text/html; charset=utf-8", "utf-8", "\ufffd", True),
        (html("one\ufefftwo").encode(), "text/html; charset=utf-8", "utf-8", "two", False),
        (b"<p>" + b"\xff" * 5000, "text/html; charset=utf-8", "utf-8", "\ufffd" * 5000, True),
        (html("&#xD800; &#0; &#x110000; x").encode(), "text/html", "utf-8", "x", False),
        (html(RUSSIAN).encode(), "text/html; charset=" + "x" * 100_000, "utf-8", RUSSIAN, False),
        (html(RUSSIAN).encode(), "text/html; charset=klingon", "utf-8", RUSSIAN, False),
    ],
)  # fmt: skip
def test_a_page_becomes_text_whatever_it_is_written_in(
    body: bytes, header: str | None, charset: str | None, text: str, errors: bool, tmp_path: Path
) -> None:
    found = read(write(tmp_path / "a.warc.gz", response("x", http(body, content_type=header))))
    (row,) = found.documents
    assert text in row["text"]
    assert charset in (None, row["charset"])
    assert (row["decode_errors"] > 0) is errors
    assert "\0" not in row["text"]
    row["text"].encode()  # no lone surrogate


ADDRESSES = [
    "http://[", "http://[::1", "http://", "://", "http:///", "javascript:alert(1)", "data:text/html,x", "",
    "http://user:secret@host.example.org/", "http://host.example.org:99999/", "http://host.example.org:port/",
    "http://%zz%%%/", "http://a..b/", "http://" + "a" * 300 + ".com/", "http://bücher.example/", "http://xn--/",
    "http://xn--\ud800/", "http://host\\evil/", "http://1.2.3.4.5/", "http://0x7f.1/", "urn:uuid:x", "no address",
    "http://a.example.org/" + "x" * (1 << 20), "http://" + "a." * (1 << 19) + "com/", "h" * (1 << 20) + "://x/",
    "http://" + "@" * (1 << 20), "http://[" + ":" * (1 << 20) + "]/",
]  # fmt: skip


@pytest.mark.parametrize("url", ADDRESSES, ids=range(len(ADDRESSES)))
def test_no_address_loses_a_page_silently(url: str, tmp_path: Path) -> None:
    site = site_of(url)  # of a megabyte: in more than linear time it would not come back
    assert site == site_of(url)
    assert site.host is None or (site.host == site.host.lower() and site.host.isascii() and len(site.host) < 300)
    written = url.encode("utf-8", "replace").decode()
    record = response("x", WARC_Target_URI=written)
    found = read(write(tmp_path / "a.warc.gz", record))
    if len(url) < 1 << 19:
        texts, reasons = (["A page."], []) if site_of(written).host or not url else ([], ["no_host"])
        assert [row["text"] for row in found.documents] == texts
        assert [row["reason"] for row in found.rejects] == reasons
    else:
        assert len(found.documents) + len(found.rejects) == 1, "a header of more than a megabyte is damage"


def test_hosts_of_odd_addresses() -> None:
    assert site_of("http://user:secret@www.example.co.uk:99999/x?y#z").host == "www.example.co.uk"
    assert site_of("HTTP://BÜCHER.example/").host == "xn--bcher-kva.example"
    assert site_of("javascript:alert(1)").host is None
    assert site_of("http://[").host is None


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2024-02-29T23:59:59Z", "2024-02-29T23:59:59+00:00"),
        ("2024-02-29T23:59:59.123456789Z", "2024-02-29T23:59:59.123456+00:00"),
        ("2024-02-29T23:59:59+02:00", "2024-02-29T21:59:59+00:00"),
        ("2023-02-29T00:00:00Z", None),
        ("99999-13-45T99:99:99Z", None),
        ("0001-01-01T00:00:00+23:59", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        ("2" * 100_000, None),
    ],
)
def test_dates(given: str | None, moment: str | None) -> None:
    found = instant(given)
    assert (found.isoformat() if found else None) == moment


def bombs(folder: Path, size: int) -> Path:
    """An archive with `size` zeros in a member, in a gzip body, in gzip within gzip, and in a record that is not a
    page; then a page."""
    bomb = gzip.compress(bytes(size))
    return write(
        folder / "a.warc.gz",
        response("stored", http(bytes(size))),
        response("coded", http(bomb, Content_Encoding="gzip")),
        response("twice", http(gzip.compress(bomb), Content_Encoding="gzip, gzip")),
        response("zipped", http(b"PK\x03\x04" + bomb, content_type="application/zip")),
        response("last"),
    )


def test_bombs_are_too_large(tmp_path: Path) -> None:
    found = read(bombs(tmp_path, 18 << 20))
    assert found.fates == "too_large too_large too_large last"
    assert [row["detail"].split(" ")[0] for row in found.rejects] == [str((18 << 20) + 59), "more", "more"]


@pytest.mark.slow
def test_bombs_cost_little(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    archive = bombs(tmp_path, 300 << 20)
    made = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read(archive).fates == "too_large too_large too_large last"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - max(before, made)
    assert grown < 100 << 10, "kibibytes beyond what making the archive took"


@pytest.mark.parametrize("size", [0, 20, 500_000])
def test_a_truncated_model_is_refused_in_one_line(size: int, tmp_path: Path) -> None:
    model = tmp_path / "model.ftz"
    model.write_bytes(model_path("package:lid.176.ftz").read_bytes()[:size])
    with pytest.raises(UserError, match=r"the language model .*model\.ftz (cannot be loaded|is not a fastText model)"):
        resolve(IngestOptions(language_model=str(model)))
