"""jusText as an extractor: the paragraphs that it keeps, and its classes compared with the package's."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import justext.core
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decantry.udfs.page import html
from decantry.udfs.page.html import extract_function, extractor_name
from decantry.udfs.page.with_justext import in_context, with_justext

LONG = (
    "It is a long paragraph that has many of the words that are in the list, and it is about bread and the oven. " * 3
)
PAGE = f"""<html><head><title>T</title></head><body><ul><li><a href="/">Home</a></li><li><a href="/b">Blog</a></li></ul>
<h1>On bread</h1><p>{LONG}</p><p>Short.</p><p>{LONG}</p><p>All rights reserved \u00a9 2026</p></body></html>"""


class Paragraph(SimpleNamespace):
    def __len__(self) -> int:
        return len(self.text)


PARAGRAPHS = st.builds(
    lambda own, heading, length: Paragraph(cf_class=own, class_type=own, heading=heading, text="x" * length),
    st.sampled_from(("good", "neargood", "short", "bad")),
    st.booleans(),
    st.sampled_from((1, 30, 90, 150, 220)),
)


def test_good_paragraphs_and_their_headings_are_kept() -> None:
    assert with_justext(PAGE).split("\n\n") == ["On bread", LONG.strip(), "Short.", LONG.strip()]


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(st.lists(PARAGRAPHS, max_size=14))
def test_classes_are_those_of_the_package(paragraphs: list[Any]) -> None:
    ours = in_context(paragraphs)
    justext.core.revise_paragraph_classification(paragraphs)
    assert ours == [paragraph.class_type for paragraph in paragraphs]


@pytest.mark.parametrize("page", ["", " ", "<", "<html></html>", "\ufffd", "text", "<!--", "a\rb", "\x00<p>a\x00b"])
def test_odd_pages_are_still_documents(page: str) -> None:
    assert with_justext(page) == ""


def test_many_short_paragraphs_take_bounded_time() -> None:
    begin = time.process_time()
    with_justext("<p>short</p>" * 20_000 + "<h2>short</h2>" * 5_000)
    assert time.process_time() - begin < 8


def test_it_is_registered_and_a_missing_package_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    assert extract_function("justext") is with_justext
    assert extractor_name("justext").startswith("justext-")

    def absent(name: str) -> str:
        raise html.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(html.metadata, "version", absent)
    with pytest.raises(ValueError, match=r"justext is not installed: install decantry\[justext\], that is justext"):
        extractor_name("justext")
