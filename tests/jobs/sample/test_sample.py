"""The sample: enough pages, languages and special cases, and the same archives every time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from decantry.jobs.sample import build
from decantry.jobs.sample.crawl import CRAWL, archives
from decantry.jobs.sample.pages import pages


def test_there_are_enough_pages_in_enough_languages() -> None:
    languages = Counter(page.lang for page in pages())
    assert sum(languages.values()) >= 60
    assert languages["en"] >= 40
    assert len(languages) >= 10
    assert {"en", "de", "fr", "es", "ru", "ar", "zh", "ja", "hi", "el"} <= set(languages)


def test_the_archives_are_the_same_every_time() -> None:
    assert archives() == archives()


def test_an_independent_reader_agrees_with_every_record(tmp_path: Path) -> None:
    kinds: Counter[str] = Counter()
    ids: list[str] = []
    for path in build(tmp_path):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                kinds[record.rec_type] += 1
                ids.append(record.rec_headers.get_header("WARC-Record-ID"))
                content = record.content_stream().read()
                if record.rec_type == "warcinfo":
                    assert f"isPartOf: {CRAWL}".encode() in content
    assert len(ids) == len(set(ids))
    assert kinds["warcinfo"] == 3
    assert kinds["resource"] == 1
    assert kinds["revisit"] == 1
    assert kinds["request"] == kinds["metadata"] == kinds["response"] + kinds["revisit"]


def test_the_bytes_are_in_the_charsets_that_the_pages_name() -> None:
    by_charset = {page.charset: page for page in pages()}
    assert {"utf-8", "cp1251", "gb18030", "shift_jis", "iso-8859-1"} <= set(by_charset)
    assert by_charset["cp1251"].declare == "utf-8"
    for charset, page in by_charset.items():
        for block in page.blocks:
            assert block.encode(charset).decode(charset) == block
