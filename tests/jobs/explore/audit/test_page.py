"""The page of an audit with made contents: what it shows, and that texts in it stay texts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from decantry.jobs.cli.audit import columns_of, summary
from decantry.jobs.explore.audit.page import page
from decantry.jobs.explore.report.shown import visible
from decantry.jobs.process.errors import UserError
from tests.jobs.explore.audit.made import contents
from tests.jobs.explore.report.hostile import HOSTILE
from tests.jobs.explore.report.test_page import Parsed


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_makes_no_element_and_no_attribute(text: str) -> None:
    plain, hostile = Parsed(page(contents("plain"))), Parsed(page(contents(text)))
    assert hostile.elements == plain.elements
    assert hostile.open == plain.open == []
    assert hostile.comments == [] and hostile.inside == plain.inside
    assert visible(text) in hostile.text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200f\u202a-\u202e\u2066-\u2069]", page(contents(text)))


def test_it_loads_nothing_and_runs_nothing() -> None:
    text = page(contents("https://evil.example/x"))
    assert set(re.findall(r'\b(?:src|href)="(.*?)"', text)) == {
        "data:,", "#duplicates", "#clusters", "#hosts", "#benchmarks", "#input",
    }  # fmt: skip
    assert "script-src &#39;none&#39;" in text and "<script" not in text
    assert not re.search(r"<[^>]*\s(style|on\w+)=", text)


def test_the_content_of_the_page() -> None:
    text = re.sub(r"\s+", " ", Parsed(page(contents("a tide"))).text)
    for words in (
        "a tide and 2 more", "15.0 % 300 of 2,000 documents",
        "of these not equal to the kept document byte by byte 260 13.0 %",
        "the text occurs before, byte by byte 40 2.0 %", "2 to 3 4 9", "0.84 similar",
        "120 hosts; 6 documents without an address. 1 of them has 1.0 % of the documents or more.",
        "a tide 500 25.0 % 9k 50.0 %", "a tide 100 90 9 10.0 %", "75.0 % of its sequences",
        "3 files, 1.23 MB; 2,000 documents read, 7 rows rejected", "a tide 7 a tide",
    ):  # fmt: skip
        assert words in text, words


def test_empty_parts_say_so() -> None:
    made = contents()
    none = replace(made.duplicates, near=0, near_only=0, sizes=(), largest=())
    bare = replace(made, duplicates=none, hosts=None, benchmarks=(), matches=(), rejects=(), unread=())
    text = Parsed(page(bare)).text
    for words in ("There are no near-duplicates.", "No row has an address.", "No benchmarks were named"):
        assert words in text, words
    assert "could not be read" not in text and "Rows that were not read" not in text


def test_the_summary_for_a_terminal() -> None:
    assert list(summary(contents("tide"))) == [
        "2,000 documents in 3 files, 7 rows rejected",
        "not read: tide",
        "near-duplicates at 0.8, verified: 300 (15.0%), 260 of them are not exact duplicates",
        "exact duplicates: 40 (2.0%)",
        "largest cluster: 5 documents, kept tide",
        "hosts: 120, the largest tide with 25.0%",
        "tide: 9 of 90 questions of eight words or more are in the corpus",
    ]


def test_the_column_of_the_text_is_named_once() -> None:
    assert columns_of("body", "url=link") == (("text", "body"), ("url", "link"))
    assert columns_of(None, None) == ()
    for text_column, columns, told in (
        ("body", "text=content", "--text-column and --columns both name the column of the text: leave one out"),
        (" ", None, "--text-column is empty: name the column that has the text"),
    ):
        with pytest.raises(UserError) as caught:
            columns_of(text_column, columns)
        assert str(caught.value) == told
