"""The page with made contents: what it shows, and that texts in it stay texts."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from decantry.jobs.explore.report.contents import Check, Sample
from decantry.jobs.explore.report.page import page
from decantry.jobs.explore.report.shown import visible
from tests.jobs.explore.report.hostile import HOSTILE
from tests.jobs.explore.report.made import contents

EMPTY_ELEMENTS = {"meta", "link", "input"}


class Parsed(HTMLParser):
    """The elements of a page with attributes and text, and whether each element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.comments: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.inside: dict[str, str] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.text += " " if tag in ("td", "th", "dd") else ""
        if tag not in EMPTY_ELEMENTS:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("script", "style"):
            self.inside[self.open[-1]] = data
        else:
            self.text += data


def test_forty_hostile_texts() -> None:
    assert len(set(HOSTILE)) == 40


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_makes_no_element_and_no_attribute(text: str) -> None:
    plain, hostile = Parsed(page(contents("plain"))), Parsed(page(contents(text)))
    assert hostile.elements == plain.elements
    assert hostile.open == plain.open == []
    assert hostile.comments == []
    assert hostile.inside == plain.inside
    assert visible(text) in hostile.text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_control_characters_are_left(text: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200f\u202a-\u202e\u2066-\u2069]", page(contents(text)))


def test_only_our_own_style_and_script_may_run() -> None:
    text = page(contents("<script>alert(1)</script>"))
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.S)
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.S)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', text)
    digests = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (style, script)]
    wanted = (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    assert policy.replace("&#39;", "'") == wanted


def test_it_names_no_other_address() -> None:
    """The page loads nothing, has links only to itself, and has no style attributes, which the policy would block."""
    text = page(contents("https://evil.example/x"))
    assert set(re.findall(r'\b(?:src|href)="(.*?)"', text)) == {
        "data:,", "#flow", "#alarms", "#comparison", "#measurements", "#composition", "#duplicates", "#samples",
        "#runs", "#recipe", "#by-words.short_doc",
    }  # fmt: skip
    assert not re.search(r"<[^>]*\s(style|on\w+)=", text)


def test_the_content_of_the_page() -> None:
    text = re.sub(r"\s+", " ", Parsed(page(contents("a tide"))).text)
    for words in (
        "quiet-pets@3", "20 of 50 documents, 40.0 %", "12.3k", "3 files, 1.23 MB, 1 of them of no use",
        "−30 60.0 % of 50", "short_doc a tide 30 60.0 % 60.0 %", "domain a tide words 30 90.0 % 60.0 %",
        "in both 15 entered 5 left 2", "Of a sample of 40 documents", "median 214", "short_doc < 50",
        "1 of 2 failed", "curate 50 12.5 4.0", "10 rejects",
    ):  # fmt: skip
        assert words in text, words
    one = replace(contents().intake, rejects=(("extract", 1),))
    assert re.search(r"1 reject\s*extract", Parsed(page(replace(contents(), intake=one))).text)


def test_empty_parts_are_left_out_or_say_so() -> None:
    bare: dict[str, Any] = dict.fromkeys(
        ("alarms", "clusters", "samples", "measures", "checks", "paces", "languages", "years", "lengths"), ()
    )
    text = Parsed(page(replace(contents(), **bare, comparison=None, tokens=None, unmeasured="no list is here"))).text
    assert "Alarms" not in text and "Clusters" not in text and "tokens" not in text
    assert "Not measured: no list is here" in text
    assert "No checks are written down" in text


def test_alarms_of_the_run_that_published_are_beside_its_own() -> None:
    made = contents()
    run = made.publications[0].run_id
    raised = Check(run, None, "silver/verdicts", "lost_share(host <b>, words)", False, "warning", "9 of 9", "0.9")
    others = [replace(raised, run_id="another", observed="8 of 8"), replace(raised, success=True, observed="7 of 7")]
    text = Parsed(page(replace(made, alarms=(), checks=(raised, *others)))).text
    section = text[text.index("Raised by the run that published") : text.index("Beside")]
    assert "lost_share(host <b>, words)" in section and "9 of 9" in section
    assert "8 of 8" not in section and "7 of 7" not in section


def test_a_sample_names_what_was_kept_in_its_place() -> None:
    made = contents()
    copy = replace(made.samples[0], removed_by="near_duplicates.duplicate", duplicate_of="https://a.example/first")
    assert "In its place https://a.example/first is kept." in Parsed(page(replace(made, samples=(copy,)))).text


def test_the_largest_page_is_within_ten_megabytes() -> None:
    """The largest number of samples, with texts of the largest length and of the characters that take most bytes."""
    from decantry.jobs.explore.report import samples

    worst = contents().samples[0]
    readings = tuple(replace(worst.readings[0], rule=f"rule_{n}") for n in range(60))
    many: tuple[Sample, ...] = tuple(
        replace(worst, text="\u202e" * samples.CHARACTERS, url="<" * 5_000, readings=readings)
        for _ in range(samples.MOST)
    )
    assert len(page(replace(contents(), samples=many)).encode()) < 10_000_000
