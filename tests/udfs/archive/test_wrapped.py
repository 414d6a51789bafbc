from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decantry.udfs.archive.url import site_of
from decantry.udfs.archive.wrapped import unwrapped

HOST = "gallery.example.org"


@pytest.mark.parametrize(
    "url",
    [
        f"view-source:https://{HOST}/page",
        f"VIEW-SOURCE:HTTPS://{HOST}/page",
        f"view-source:view-source:https://{HOST}/page",
        f"view-source:{HOST}/page",
        f"blob:https://{HOST}/9115d58c-bcda-ff47-86e5-083e9a215304",  # WHATWG URL, 4.7
        f"filesystem:https://{HOST}/temporary/a.html",
        f"urn:view:https://{HOST}/page",
        f"urn:text:https://{HOST}/page",
        f"urn:textFinal:https://{HOST}/page",
        f"urn:pageinfo:https://{HOST}/page",
        f"urn:view:https%3A%2F%2F{HOST}%2Fpage",
        f"onreadydom:https://{HOST}/page",
        f"screenshot:http://{HOST}:8080/page",
        f"thumbnail:https://user:pw@{HOST}/page",
        f"jar:https://{HOST}/a.jar!/page.html",
        f"feed:https://{HOST}/rss",
        f"feed://{HOST}/rss",
        f"https:{HOST}/page",  # WHATWG URL, 4.4: special authority slashes state
        f"https:/{HOST}/page",
        f"https:///{HOST}/page",
        f"https:\\\\{HOST}\\page",
        f"https:/\\{HOST}/page",
        f"https:\\{HOST}\\@evil.example.com/page",
        f"https://{HOST}\\@evil.example.com/page",
        f"\\\\{HOST}\\page",
        f"//{HOST}/page",
        f"urn:view:https:\\\\{HOST}/page",
        f"http://http://{HOST}/page",  # the standard finds the host `http`
        f"HTTPS://http:/\\{HOST}/page",
        f"https://https//{HOST}/page",
        f"https:https:https://{HOST}/page",
        f"http://http://http://{HOST}/page",
        f"https://https://https://https://{HOST}/page",
        f"http://https:/{HOST}/page",  # jpirnay/witchhunt-reader#189
        f"https://https:/\\{HOST}/page",
        f"http://https:{HOST}/page",
        f"http://http.//{HOST}/page",
        f"//https://{HOST}/page",
        f"\\\\http:\\\\{HOST}/page",
        f"http//{HOST}/page",
        f"http://xhttps://{HOST}/page",
        f"https:htttp:\\\\{HOST}/page",
        f"HTTP://TTPS://{HOST}/page",
        f"view-source://https://{HOST}/page",
        f"feed://https://{HOST}/rss",
        f"urn:x:y://https:/{HOST}/page",
        f"ftp://http://{HOST}/page",
        f"view-source:http://https://{HOST}/page",
        f"ftp:{HOST}/page",
        f"wss:{HOST}/page",
        f"  \x01view-source:https://{HOST}/page ",
        f"view-\tsource:https:/\n/{HOST}/page",
        f"{HOST}/page",
        f"metadata://{HOST}/log",
    ],
)
def test_a_wrapped_address_has_the_host_of_the_inner_address(url: str) -> None:
    assert site_of(url).host == HOST
    assert site_of(url).domain == "example.org"


@pytest.mark.parametrize(
    "url",
    [
        "view-source:", "view-source:about:blank", "blob:null/9115d58c", "blob:", "about:blank", "about:srcdoc",
        "data:text/html,<p>https://gallery.example.org/", "urn:uuid:0-1", "urn:X-wpull:log", "onreadydom:", "https:",
        "https:\\\\", "javascript:location='https://gallery.example.org/'", "mailto:a@gallery.example.org",
        "file:///home/gallery.example.org/a.html", "urn:view:", "example.org:alert(1)", "cid:part1@gallery.example.org",
    ],
)  # fmt: skip
def test_an_address_without_a_host_has_none(url: str) -> None:
    assert site_of(url).host is None


@pytest.mark.parametrize(
    "url",
    [
        f"https://{HOST}/page?of=view-source:https://other.example.com/",
        f"https://{HOST}/https://other.example.com/",
        f"https://{HOST}:443/blob:https://other.example.com/",
        f"//{HOST}/urn:view:https://other.example.com/",
        f"https://https.{HOST}/https://other.example.com/",
        f"http://{HOST}:/http://other.example.com/",  # an empty port
        f"ftp://{HOST}:/http://other.example.com/",
        f"wss://{HOST}:/https://other.example.com/",
        f"//{HOST}:/http://other.example.com/",
        f"metadata://{HOST}:/http://other.example.com/",
    ],
)
def test_an_address_in_a_path_does_not_count_as_an_inner_address(url: str) -> None:
    assert site_of(url).host in (HOST, f"https.{HOST}")
    assert unwrapped(url) == url


@pytest.mark.parametrize("prefix", ["HTTP://", "http:", "view-source:http://", "https:\\\\", "//"])
def test_a_host_with_an_empty_port_is_not_taken_for_a_scheme(prefix: str) -> None:
    assert site_of(f"{prefix}{HOST}:/http://other.example.com/").host == HOST
    assert site_of(f"{prefix}proxy:/http://other.example.com/").host == "proxy"


def test_a_host_may_have_the_name_of_a_scheme() -> None:
    assert site_of("http://http:8080/x").host == site_of("http://http/x").host == "http"
    assert site_of("http://https:secret@gallery.example.org/").host == HOST
    assert site_of("http://httpbin.org//x").host == "httpbin.org"


@given(st.text(max_size=60), st.sampled_from(["", "view-source:", "urn:view:", "blob:", "https:", "https:\\\\"]))
def test_it_never_raises(rest: str, prefix: str) -> None:
    unwrapped(prefix + rest)


@pytest.mark.parametrize("unit", ["a://", "https://", "a:", "/", "\\", "\t", "view-source:", "https:", "urn:%3a", " "])
def test_it_takes_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        site_of("urn:" + unit * count)
        return time.process_time() - begin

    seconds(1_000)
    assert seconds(200_000) < 8 * seconds(50_000) + 0.5
