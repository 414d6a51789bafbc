"""HTTP and record problems that users of other projects reported, each reproduced, and the result here.

docs/inputs.md lists them.
"""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from tests.faults.odd_archives import BLOCK, HTML, A, B
from tests.faults.reading import read
from tests.udfs.archive.test_http import brotli
from tests.warc_files import http, record, response, write

BIG = HTML * 5000
SIZED = b"%08X\r\n%b\r\n0\r\n\r\n" % (len(BIG), BIG)
GZ = gzip.compress(HTML)
PADDED = b"%x\r\n%b\r\n00000000\r\n\r\n" % (len(HTML), HTML)
NOISE = random.Random(4).randbytes(4000)
CHUNKED = {"Transfer_Encoding": "chunked"}
REPORTS = {
    "iipc/jwarc#24": (response("x", http(PADDED, **CHUNKED)), "a x b", {}),
    "webrecorder/pywb#584": (response("x", http(HTML, **CHUNKED)), "a x b", {}),
    "commoncrawl/news-crawl#30": (response("x", http(HTML, Content_Encoding="gzip", **CHUNKED)), "a x b", {}),
    "ukwa/webarchive-discovery#232": (response("x", http(SIZED, **CHUNKED)), "a x b", {}),
    "yhirose/cpp-httplib#661": (
        response("x", b"HTTP/1.1 100 Continue\r\n\r\n" + http(HTML, "403 Forbidden")), "a b", {"status_403": 1},
    ),
    "commoncrawl/ia-web-commons#26": (
        record("conversion", b"%PDF-1.5\n\xe2\xe3\nwords", "x", Content_Type="text/plain"),
        "a b", {"conversion": 1},
    ),
    "harvard-lil/warc-gpt#2": (
        record("resource", b"Words.", WARC_Target_URI="urn:text:https://x.example.org/", Content_Type="text/plain"),
        "a b", {"resource": 1},
    ),
    "webrecorder/webrecorder-player#96": (
        record("resource", HTML, "x", WARC_Target_URI="x.example.org/index.html", Content_Type="text/html"),
        "a x b", {},
    ),
    "webrecorder/warcio.js#22": (record("resource", b'{"name": "x"}', "x"), "a b", {"resource": 1}),
    "iipc/jwarc#25, iipc/jwarc#50": (
        response("x", b"HTTP/1.1 200 OK\r\nP3P : x\r\nPower by: A\r\nX: \x85\r\nContent-Type : text/html\r\n\r\n"
        + HTML),
        "a x b", {},
    ),
    "chfoo/warcat#19": (response("x", b"HTTP/1.1 302 \nnnCoection: x\nLocation: //y\n\n"), "a b", {"status_302": 1}),
    "openzim/warc2zim#394": (response("x", http(b"\0\0\0\x20ftypisom" + NOISE)), "a b", {"not_html": 1}),
    "webrecorder/pywb#428": (response("x", http(b"OTTO\0\x0b\0\x80" + NOISE)), "a b", {"not_html": 1}),
    "apache/stormcrawler#652": (response("x", BLOCK) + b"\0", "a x b", {}),
    "iipc/jwarc#51": (
        response("x", b'HTTP/1.1 200 OK\r\n: x\r\n<strong class="why">header</strong>: y\r\nServer: z\r\n\r\n' + HTML),
        "a x b", {},
    ),
    "oduwsdl/ipwb#374": (
        response("x", http(HTML[:40]), WARC_Segment_Number="1")
        + record("continuation", HTML[40:], "x", WARC_Segment_Number="2"),
        "a x b", {"continuation": 1},
    ),
    "ukwa/webarchive-discovery#218, netarchivesuite/solrwayback#58": (
        response("x", http(b"%x\r\n%b\r\n" % (len(BIG), BIG))) + response("y", http(SIZED[:9999])),
        "a x bad_chunks b", {},
    ),
    "webrecorder/cdxj-indexer#21": (
        response("x", b"19/Sep/2017:03:35:35 +0000|v1|192.0.2.54|www.example.org|200|17922|GET /a.jpg HTTP/1.1||\n"),
        "a malformed_http b", {},
    ),
    "iipc/jwarc#29": (record("response", BLOCK, "x", len(BLOCK) + 1, Content_Type="application/http"), "a x b", {}),
    "xroche/httrack#678": (
        response("x", http(brotli(HTML)[:-9], Content_Encoding="br"), WARC_Truncated="length"),
        "a x b", {},
    ),
    "arquivo/pwa-technologies#927": (response("x", BLOCK, WARC_Target_URI="<https://x.example.org/>"), "a x b", {}),
    "archivesunleashed/aut#493": (response("x", http(GZ)), "a x b", {}),
    "mnutt/davros#94, caddyserver/caddy#448": (response("x", http(GZ, content_type=None)), "a x b", {}),
    "yesodweb/yesod#534": (response("x", http(gzip.compress(GZ), Content_Encoding="gzip")), "a x b", {}),
    "lightpanda-io/browser#2856": (response("x", http(HTML, content_type="text/html; charset=unicode")), "a x b", {}),
    "CharsetDetector/UTF-unknown#5": (response("x", http(HTML.decode().encode("utf-16-le"))), "a x b", {}),
    "edgi-govdata-archiving/web-monitoring-diff#76": (
        response("x", http(b"<p>" + HTML[15:], content_type="text/html:charset=utf-8")), "a x b", {},
    ),
    "postmodern/spidr#32, HtmlUnit/htmlunit#1104": (
        response("x", http(b"<!-- made by hand -->" + HTML[12:], content_type="*/*")), "a x b", {},
    ),
    "stephenberry/glaze#2667": (
        response("x", b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nContent-Length: 7\r\n" % len(HTML)
        + b"Content-Type: text/html\r\n\r\n" + HTML + http(b"<p>secret", "404 Not Found")),
        "a x b", {},
    ),
    "jpirnay/witchhunt-reader#189": (response("x", BLOCK, WARC_Target_URI="http://https:/x.example.org/"), "a x b", {}),
    "iipc/warc-specifications#21": (response("x", BLOCK, WARC_Date="2016-11"), "a x b", {}),
}  # fmt: skip


@pytest.mark.parametrize("report", REPORTS)
def test_a_report(report: str, tmp_path: Path) -> None:
    odd, fates, skipped = REPORTS[report]
    found = read(write(tmp_path / "a.warc.gz", A, odd, B))
    assert (found.fates, found.counts["skipped"]) == (fates, skipped)
    assert all(row["decode_errors"] == 0 for row in found.documents)
    assert all(row["fetched_at"] and row["text"].isascii() for row in found.documents)
    assert not any("secret" in row["text"] for row in found.documents)


def test_lengths_that_count_lost_line_ends(tmp_path: Path) -> None:
    """iipc/jwarc#26: ClueWeb09 was written with CR LF, and its CRs were removed."""
    found = read(write(tmp_path / "a.warc", *(one.replace(b"\r\n", b"\n") for one in (A, B, A, B))))
    assert found.fates == "short_record short_record short_record cut_short"
    assert found.counts["documents"] == 0


CASES = {
    "chunked-odd/chunks": ("leading twicenamed gzipte twicechunked zeros extended after", {}),
    "content-encoding-bogus/codings": (
        " ".join(f"ce{number}" for number in range(11)) + " quality quoted unknown_content_encoding after", {},
    ),
    "conversion-image/renditions": ("gallery gallery gallery after", {"conversion": 2, "resource": 2}),
    "http-interim/interim": ("before continue hints after", {"status_100": 1}),
    "ruby/ruby": ("ruby-plain ruby-rp ruby-rb ruby-span ruby-none", {}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_case(case: str, shared_data: Path) -> None:
    fates, skipped = CASES[case]
    found = read(shared_data / "cases" / f"{case}.warc.gz")
    assert found.fates == fates
    assert found.counts["skipped"] == {"warcinfo": 1, **skipped}
    odd = [row["text"] for row in found.documents if row["host"] != "after.example.org"]
    if "gallery" not in fates:
        assert all(row["http_status"] == 200 for row in found.documents)
    if case.startswith(("chunked", "content")):
        assert len(set(odd)) == 1
    if case.startswith("ruby"):
        assert all("漢字を読む" in text for text in odd)
