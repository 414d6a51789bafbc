"""An archive's crawl is named by its warcinfo record, and by no page that says the same."""

from __future__ import annotations

import pytest

from decantry.udfs.archive.paths import crawl_of
from decantry.udfs.archive.warcinfo import warcinfo_of
from tests.warc_files import http, page, record, response, warcinfo

QUOTED = b"<pre>\r\n" + warcinfo("ANOTHER") + b"\r\nisPartOf: ANOTHER\r\n</pre>"
A = response("a", http(QUOTED))


@pytest.mark.parametrize(
    ("head", "crawl"),
    [
        (warcinfo("MINE") + A, "MINE"),
        (b"\xef\xbb\xbf\r\n" + warcinfo("MINE"), "MINE"),
        (warcinfo("MINE").replace(b"\r\n", b"\n"), "MINE"),
        (warcinfo("MINE").replace(b"warcinfo", b"WarcInfo"), "MINE"),
        (A + page("b", "Words.") + warcinfo("MINE"), "MINE"),
        (warcinfo("MINE")[:-6], "MINE"),  # the head ends within the record
        (A, "default"),
        (warcinfo() + A, "default"),
        (record("metadata", b"isPartOf: ANOTHER\r\n", "a") + A, "default"),
        (A.replace(b"Content-Length", b"X-Length"), "default"),
        (b"isPartOf: ANOTHER\r\n", "default"),
        (b"", "default"),
    ],
)
def test_the_crawl_of_an_archive(head: bytes, crawl: str) -> None:
    assert crawl_of("/a.warc", warcinfo_of(head)) == crawl
