"""Hosts as the URL standard parses them: https://url.spec.whatwg.org/#host-parsing, and UTS 46 (revision 33)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decantry.udfs.archive import host as hosts
from decantry.udfs.archive.host import ascii_host, ipv6
from decantry.udfs.archive.url import NO_SITE, Site, is_public_suffix, site_of


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("maß.example", "xn--ma-hia.example"),  # a deviation character of UTS 46, kept without the transitional step
        ("mass.example", "mass.example"),
        ("XN--MA-HIA.example", "xn--ma-hia.example"),
        ("ma%C3%9F.example", "xn--ma-hia.example"),
        ("ma%c3%9f%2Eexample", "xn--ma-hia.example"),
        ("MAẞ.example", "xn--ma-hia.example"),  # since Unicode 15.1
        ("ΣΊΣΥΦΟΣ.example", "xn--kxa6akbbkh.example"),  # a capital is mapped to σ wherever it stands
        ("σίσυφος.example", "xn--kxa6ajbbmh.example"),  # and a final sigma is kept
        ("نامه\u200cای.example", "xn--mgba3gch31f060k.example"),
        ("نامهای.example", "xn--mgba3gch31f.example"),
        ("क्\u200dष.example", "xn--11b2ezcw70k.example"),  # a joiner after a virama
        ("例え。example", "xn--r8jz45g.example"),
        ("例え．example｡", "xn--r8jz45g.example"),
        ("ＧＯ.example", "go.example"),
        ("a\u00adb.example", "ab.example"),  # a soft hyphen is ignored
        ("a%C2%ADb.example", "ab.example"),
        ("☃.example", "xn--n3h.example"),  # valid in UTS 46, though not in IDNA 2008
        ("xn--n3h.example", "xn--n3h.example"),
        ("xn--a.example", "xn--a.example"),  # ASCII is never refused, since June 2026 (whatwg/url#914)
        ("XN--Mass-.example", "xn--mass-.example"),
        ("xn--ls8h=", "xn--ls8h="),
        ("xn--1ug.example", "xn--1ug.example"),  # a joiner that joins nothing, in ASCII
        ("10.0.0.xN--pokxncvks", "10.0.0.xn--pokxncvks"),
        ("xn--%61.example", "xn--a.example"),
        ("Bu\u0308cher.example", "xn--bcher-kva.example"),  # composed, as NFC has it
        ("ex%41mple.org", "example.org"),
        ("İ.example", "xn--i-9bb.example"),
        ("a--b.example", "a--b.example"),  # hyphens are not checked
        ("-a-.example", "-a-.example"),
        ("under_score.example", "under_score.example"),
        ("a!$&'()*+,;=~b.example", "a!$&'()*+,;=~b.example"),
        ("example.org.", "example.org"),
        ("a..example", "a..example"),  # the standard does not check the length of labels
        (".example", ".example"),
        ("\u200b.example", ".example"),
        ("0x7f.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0300.0250.1", "192.168.0.1"),
        ("０Ｘｃ０．０２５０．０１", "192.168.0.1"),
        ("%30%78%63%30%2e%30%32%35%30.01", "192.168.0.1"),
    ],
)
def test_all_spellings_of_a_host_have_one_form(name: str, host: str) -> None:
    assert ascii_host(name) == host


@pytest.mark.parametrize(
    "name",
    [
        "ma%DF.example",  # a byte of Latin-1 is no UTF-8
        "a%00b.example",
        "a%2Fb.example",
        "a%20b.example",
        "a\u3000b.example",  # mapped to a blank
        "a％００b.example",  # mapped to a percent sign, which is not decoded twice
        "%",
        "a\u200db.example",  # a joiner that joins nothing
        "a\u200cb.example",
        "\u0301a.example",  # begins with a mark
        "א1a.example",  # from right to left, and not to its end
        "xn--ß.example",
        "xn--a.ß.example",  # punycode is checked beside letters of other alphabets
        "\ufdd0.example",
        "..",
        "",
        "\u00ad",
        "1.2.3.4.5",
        "192.168.0.257",
        "example.09",
        "4294967296",
        "a" * 254,
        "ä" * 254,
    ],
)
def test_invalid_host_names(name: str) -> None:
    assert ascii_host(name) is None


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("\x00\t https://example.org/\x1f ", "example.org"),
        ("ht\ntps://exam\tple.o\rrg/", "example.org"),
        ("\ufeffhttps://example.org/", "example.org"),
        ("https:example.org/x", "example.org"),
        ("https:/example.org/x", "example.org"),
        ("https:////example.org/x", "example.org"),
        ("HTTP:\\\\example.org\\x", "example.org"),
        ("https://user%40x@maß.example:443/", "xn--ma-hia.example"),
        ("https://ma%C3%9F.example?x", "xn--ma-hia.example"),
        ("http://0x7f.1/", "127.0.0.1"),
        ("http://[::127.0.0.1]/", "[::7f00:1]"),
        ("http://[::FFFF:1.2.3.4]/", "[::ffff:102:304]"),
    ],
)
def test_addresses_are_parsed_as_by_browsers(url: str, host: str) -> None:
    assert site_of(url).host == host


@pytest.mark.parametrize("url", ["file:///y:/x", "data:///example.org", "http://[::1%eth0]/", "http://[1.2.3.4]/"])
def test_addresses_without_a_host(url: str) -> None:
    assert site_of(url) == NO_SITE


@pytest.mark.parametrize(
    "url",
    [
        "https://a\u200db.example.org/",
        "https://a b.example.org/",
        "https://ma%DF.example.org/",
        "https://a%2Fb.www.example.org./",
        "https://" + "a" * 300 + ".example.org/",
    ],
)
def test_an_invalid_host_name_still_has_a_domain(url: str) -> None:
    assert site_of(url) == Site(None, "example.org")


@pytest.mark.parametrize("host", [".example.org", "www..example.org", "www.example..org"])
def test_a_host_with_an_empty_label_has_a_domain(host: str) -> None:
    """Common Crawl has pages of such hosts."""
    assert site_of(f"https://{host}/") == Site(host, "example.org")


def test_a_number_has_no_domain() -> None:
    assert site_of("http://1.2.3.4.5/") == NO_SITE
    assert site_of("http://192.0.2.7/").domain is None


def test_one_form_of_an_ipv6_address() -> None:
    assert ipv6("2001:0DB8:0:0::1") == "2001:db8::1"
    assert ipv6("::ffff:192.0.2.1") == "::ffff:c000:201"
    assert ipv6("::g") is None


def test_public_suffixes_are_known_in_their_ascii_form() -> None:
    assert site_of("https://www.例え.公司.cn/").domain == "xn--r8jz45g.xn--55qx5d.cn"
    assert is_public_suffix("xn--55qx5d.cn")


LABELS = st.text("abxnXN-_019.ß%C3%9F", max_size=12)


@given(st.from_regex(re.compile(r"[A-Za-z0-9_.-]{1,40}"), fullmatch=True) | LABELS)
def test_the_fast_path_for_plain_names_gives_the_same_form(name: str) -> None:
    assert hosts._PLAIN.fullmatch(name) is None or hosts._mapped(name) == name.lower()


@given(LABELS | st.text(max_size=30))
def test_the_form_of_a_host_is_stable(name: str) -> None:
    host = ascii_host(name)
    assert host is None or ascii_host(host) == host == ascii_host(host.upper())
