"""5,000 pages in random odd forms of HTTP and WARC: each gives the document of its plain form, or a reject."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from decantry.jobs import sample
from decantry.udfs.archive.candidates import GivenText, Page, Rejected, take
from decantry.udfs.archive.warc import Entry, read_archive
from decantry.udfs.page.html import with_resiliparse
from decantry.udfs.page.page import Reading, page_fields
from tests.conftest import ROOT
from tests.faults.rewritten import BODIES, CONTAINERS, INTERIM, TYPES, Web, cycled, plain, rewritten

PAGES = 5000
READING = Reading(with_resiliparse, "resiliparse-x")
SAME = ("text", "charset", "decode_errors", "host", "domain")
MAY_BE_REJECTED = {
    "chunks with minus", "chunks in decimal", "chunks without their first size", "chunks cut", "chunks unnamed, cut",
    "charset as coding", "none as coding", "many tokens", "undone gzip", "undone deflate", "undone brotli",
    "undone chunks", "undone brotli after a blank line", "undone deflate after a blank line",
}  # fmt: skip
"""Forms that are ambiguous for every reader; the last nine only if the page's bytes are not plain text."""


def taken(data: bytes) -> list[Any]:
    found = read_archive(lambda offset: io.BytesIO(data[offset:]), data[:8], take)
    return [read.value if isinstance(read, Entry) else read for read in found][:-1]


def real(folder: Path) -> list[Web]:
    """The pages of archives, with their own addresses and types."""
    pages: list[Web] = []
    for path in sorted(folder.glob("*.warc.gz")):
        for one in taken(path.read_bytes()):
            if isinstance(one, Page) and one.status and not any(one.html == page.html for page in pages[-3:]):
                pages.append(Web(str(len(pages)), one.url or "", one.content_type, one.html))
    return pages


def document(one: Any) -> dict[str, Any] | None:
    """The compared columns of a page's document; None if there is no document."""
    fields = page_fields(one, READING) if isinstance(one, Page) else None
    return {name: fields[name] for name in SAME} if isinstance(fields, dict) else None


def differences(pages: list[Web], most: int, seed: int) -> tuple[Counter[str], Counter[str], list[str]]:
    """How often each form was tried and rejected, and the results that are neither the plain form's nor a reject."""
    chance, tried, rejected, wrong = Random(seed), Counter[str](), Counter[str](), list[str]()
    for page in cycled(pages, most):
        (first,) = taken(plain(page))
        odd = rewritten(page, chance)
        found = taken(odd.archive)
        tried.update(odd.forms)
        if len(found) == 1 and isinstance(found[0], Rejected):
            rejected.update(odd.forms[1:2] if odd.forms[0] == "response" else odd.forms[:1])
        elif len(found) != 1 or isinstance(found[0], GivenText) or not isinstance(found[0], Page):
            wrong.append(f"{page.url}: {odd.forms} gives {[type(one).__name__ for one in found]}")
        elif found[0].html.lstrip() != first.html.lstrip() or document(found[0]) != document(first):
            wrong.append(f"{page.url}: {odd.forms} gives another document")
    return tried, rejected, wrong


def check(pages: list[Web], most: int, seed: int) -> None:
    assert pages
    tried, rejected, wrong = differences(pages, most, seed)
    print(f"{most} pages: {rejected.total()} rejected, {len(wrong)} wrong; rejected: {dict(rejected)}")
    assert wrong == []
    assert {*BODIES, *INTERIM, *TYPES, *CONTAINERS, "response", "resource", "conversion"} <= {*tried}
    assert {*rejected} <= MAY_BE_REJECTED
    assert rejected.total() * 5 < most


def test_pages_of_the_sample_in_odd_forms(tmp_path: Path) -> None:
    sample.build(tmp_path)
    check(real(tmp_path), 600, seed=1)


@pytest.mark.slow
def test_real_pages_in_odd_forms(tmp_path: Path) -> None:
    folder = ROOT.parent / "shared" / "data" / "warc"
    if not folder.is_dir():
        sample.build(tmp_path)
        folder = tmp_path
    check(real(folder), PAGES, seed=22)
