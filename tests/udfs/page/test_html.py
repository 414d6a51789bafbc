from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decantry.udfs.page.complexity import is_simple, may_nest_deeply, tags_of, too_complex, too_many_attributes
from decantry.udfs.page.extractor import CannotExtract
from decantry.udfs.page.html import extract_function, extractor_name, with_resiliparse, with_trafilatura

ARTICLE = """<html><head><title>T</title></head><body>
<nav><a href="/">Home</a> <a href="/b">Blog</a></nav>
<article><h1>On bread</h1><p>Bread rises because yeast breathes. The longer it stands, the more it tastes of itself.</p>
<p>Flour, water, salt and time are all that it takes; the oven does the rest of the work.</p></article>
<footer>Imprint</footer></body></html>"""


def test_main_content() -> None:
    text = with_resiliparse(ARTICLE)
    assert "Bread rises" in text and "oven" in text
    assert "Imprint" not in text and "Blog" not in text


@pytest.mark.parametrize("html", ["", " ", "<", "<html></html>", "\ufffd", "text", "<p>\U0001f600</p>", "<!--", "a\rb"])
def test_odd_pages_are_still_documents(html: str) -> None:
    assert isinstance(with_resiliparse(html), str)


def test_trafilatura_forgets_its_last_page() -> None:
    first = with_trafilatura(ARTICLE)
    assert "Bread rises" in first
    assert [with_trafilatura(ARTICLE) for _ in range(6)] == [first] * 6
    assert with_trafilatura("") == ""


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 40_000 + "text",
        "<div>" * 40_000 + "text" + "</div>" * 40_000,
        "<div>" * 500 + "<p>leaf</p>" * 100_000,
        "<b><i>" * 100_000 + "x",
        "<p><b>" * 50_000 + "x",
        "<table><tr><td>" * 20_000 + "x",
        "<ul><li>" * 50_000 + "x",
        "<!--" + "<div>" * 100_000 + "-->" + "x",
        "<font color=red>" * 30_000 + "x",
    ],
    ids=["unclosed", "closed", "leaves", "formatting", "misnested", "tables", "lists", "comment", "fonts"],
)
def test_deep_pages_take_bounded_time(html: str) -> None:
    begin = time.process_time()
    with_resiliparse(html)
    assert time.process_time() - begin < 8


@pytest.mark.parametrize("separator", [" ", "/", "\n", '="v" '])
def test_a_tag_with_thousands_of_attributes_is_refused(separator: str) -> None:
    html = "<p>before</p><div " + separator.join(f"attribute{i}" for i in range(20_000)) + ">x</div>"
    assert too_many_attributes(html)
    with pytest.raises(CannotExtract) as caught:
        with_resiliparse(html)
    assert caught.value.reason == "too_complex"


@pytest.mark.parametrize(
    "html",
    [
        "<svg><path d='" + "1 2 " * 50_000 + "'></svg>",
        "<script>" + "var a = 1; " * 50_000 + "</script>",
        "<p>" + "word " * 100_000 + "</p>",
        "<img src='data:" + "A" * 200_000 + "'>",
        "<p>word</p>" * 20_000,
        "",
    ],
    ids=["path", "script", "paragraph", "data", "many tags", "nothing"],
)
def test_long_pages_are_not_refused(html: str) -> None:
    assert not too_many_attributes(html)


def test_long_flat_pages_do_not_count_as_deep() -> None:
    assert not may_nest_deeply("<p>word <b>bold</b><br><img src=x></p>" * 20_000, 120_000)
    assert not may_nest_deeply("<li>item" * 20_000, 20_000)
    assert not may_nest_deeply("<p>item<li class=x>" * 10_000, 20_000)
    assert may_nest_deeply("<div>" * 10_000, 10_000)
    assert may_nest_deeply("<div><br/>" * 10_000, 20_000)
    assert may_nest_deeply("<br-x/>" * 10_000, 10_000), "a name that begins like a void element's"
    assert may_nest_deeply("<svg>" + "<option>" * 10_000, 10_001)


PIECES = (
    "<",
    ">",
    "<a ",
    "</b>",
    "<i><b>",
    " a" * 2_100,
    "é" * 2_000,
    "\u3000a" * 2_100,
    "/a" * 2_100,
    " \x01" * 2_100,
    "<p>x</p>" * 600,
    "a=1 " * 3_000,
    "<font c>" * 900,
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_a_simple_page_passes_every_measure(html: str) -> None:
    if is_simple(html.encode()):
        tags = tags_of(html)
        assert too_complex(html, tags) is None
        assert not may_nest_deeply(html, tags)


def test_which_pages_are_simple() -> None:
    assert is_simple(b"")
    assert is_simple(ARTICLE.encode())
    assert is_simple(b"<img src='data:" + b"A" * 100_000 + b"'>")
    assert is_simple(b"<p>" + b"word " * 7_900), "no tag ends there, but it has not 8,000 words"
    assert not is_simple(b"<p>" + b"word " * 8_000)
    assert not is_simple(b"<p>" + "w\u3000".encode() * 8_000)
    assert not is_simple(b"<p" + b" \x01" * 8_000 + b">"), "what is no blank is a name"
    assert is_simple(b"<p>" * 5_000)
    assert not is_simple(b"<p>" * 5_001)


def test_names_carry_versions() -> None:
    assert extractor_name("resiliparse").startswith("resiliparse-2.")
    assert extract_function("resiliparse") is with_resiliparse
    with pytest.raises(ValueError, match="html2text is not known"):
        extractor_name("html2text")
