from __future__ import annotations

from pathlib import Path

import pytest

from decantry.udfs.archive.paths import canonical_path, crawl_of

CC = "crawl-data/CC-MAIN-2024-22/segments/1/warc/CC-MAIN-1-00000.warc.gz"


@pytest.mark.parametrize(
    "place", ["s3://commoncrawl/", "s3a://mirror/cc/", "https://data.commoncrawl.org/", "/mnt/cc/", ""]
)
def test_common_crawl_has_one_name_everywhere(place: str) -> None:
    assert canonical_path(place + CC) == CC


def test_other_paths_do_not_change() -> None:
    assert canonical_path("s3a://bucket/a.warc.gz") == "s3://bucket/a.warc.gz"
    for scheme in ("s3", "s3n", "S3", "S3A"):
        assert canonical_path(f"{scheme}://bucket/S3A://a.warc.gz") == "s3://bucket/S3A://a.warc.gz"
    assert canonical_path("HTTPS://example.org/a.warc.gz") == "https://example.org/a.warc.gz"
    assert canonical_path("https://example.org/a.warc.gz") == "https://example.org/a.warc.gz"
    assert canonical_path("a/../b.warc.gz") == str(Path.cwd() / "b.warc.gz")
    assert canonical_path("file:///data/b.warc.gz") == "/data/b.warc.gz"


@pytest.mark.parametrize(
    ("path", "warcinfo", "given", "crawl"),
    [
        (CC, None, None, "CC-MAIN-2024-22"),
        (CC, b"software: x\r\nisPartOf: MY-CRAWL\r\n", None, "MY-CRAWL"),
        (CC, b"isPartOf: MY-CRAWL\r\n", "given", "given"),
        ("/a.warc.gz", b"isPartOf: A crawl of/my own\r\n", None, "A-crawl-of-my-own"),
        ("/a.warc.gz", b"isPartOf: Temporary%20Collection\r\n", None, "Temporary-Collection"),
        ("/a.warc.gz", b"isPartOf: \r\n", None, "default"),
        ("/CC-MAIN-2020-34/a.warc.gz", None, None, "CC-MAIN-2020-34"),
        ("/CC-MAIN-20200808165417-00395.warc.gz", None, None, "default"),
        ("crawl-data/CC-NEWS/2024/01/CC-NEWS-20240101-0001.warc.gz", None, None, "CC-NEWS"),
    ],
)
def test_crawls(path: str, warcinfo: bytes | None, given: str | None, crawl: str) -> None:
    assert crawl_of(path, warcinfo, given) == crawl
