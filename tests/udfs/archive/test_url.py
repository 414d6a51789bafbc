from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decantry.udfs.archive.url import NO_SITE, Site, site_of


@pytest.mark.parametrize(
    ("url", "host", "domain"),
    [
        ("https://www.example.co.uk/path?q#f", "www.example.co.uk", "example.co.uk"),
        ("HTTP://User:pa@ss@EXAMPLE.org:8080/", "example.org", "example.org"),
        ("https://me.github.io/", "me.github.io", "github.io"),
        ("https://münchen.example.de/ü", "xn--mnchen-3ya.example.de", "example.de"),
        ("http://example.org.", "example.org", "example.org"),
        ("http://192.0.2.7:80/", "192.0.2.7", None),
        ("http://[2001:DB8::1]:80/", "[2001:db8::1]", None),
        ("http://localhost/", "localhost", None),
        ("http://under_score.example.com/", "under_score.example.com", "example.com"),
        ("http://example.org:99999/", "example.org", "example.org"),
        ("ftp://files.example.org/x", "files.example.org", "example.org"),
        ("https://example.org\\@evil.test/", "example.org", "example.org"),
        ("  https://example.org/", "example.org", "example.org"),
        ("//www.example.org/x", "www.example.org", "example.org"),
        ("www.Example.co.uk/x?q", "www.example.co.uk", "example.co.uk"),
        ("example.org", "example.org", "example.org"),
        ("example.org.:8080#x", "example.org", "example.org"),
        ("münchen.example.de/ü", "xn--mnchen-3ya.example.de", "example.de"),
    ],
)
def test_hosts_and_domains(url: str, host: str, domain: str | None) -> None:
    assert site_of(url) == Site(host, domain)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "http://",
        "http://[",
        "http://[::g]/",
        "javascript:alert(1)",
        "urn:isbn:1",
        "notes.docx",
        "row.0001",
        "me@example.org",
        "example.org:alert(1)",
        "/data/example.org",
        "An example.org of a sentence",
        "a" * 1000000 + ".org",
        "http://a b/",
        "http://" + "a" * 1000000,
        "http://..",
        "http://%zz/",
        "http://�/",
        "http://ex\x00ample.org/",
    ],
)
def test_addresses_without_host_or_domain(url: str | None) -> None:
    assert site_of(url) == NO_SITE


@given(st.text(max_size=80))
def test_never_raises(text: str) -> None:
    site_of(text)
    site_of("https://" + text)
