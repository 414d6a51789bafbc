from __future__ import annotations

import time
import tracemalloc

import pytest

from decantry.udfs.archive.candidates import Page
from decantry.udfs.page.html import with_resiliparse
from decantry.udfs.page.page import Reading, page_fields
from decantry.udfs.page.xhtml import as_html

READING = Reading(with_resiliparse, "resiliparse-x")
ROOT = '<html xmlns="http://www.w3.org/1999/xhtml">'


def text_of(markup: str | bytes, content_type: str = "application/xhtml+xml") -> str:
    body = markup.encode() if isinstance(markup, str) else markup
    fields = page_fields(Page("<a>", None, None, 200, content_type, None, None, {}, body), READING)
    assert isinstance(fields, dict)
    return str(fields["text"])


@pytest.mark.parametrize(
    "markup",
    [
        f'{ROOT}<head><script src="a.js"/></head><body><p>One two.</p></body></html>',
        f"{ROOT}<head><title/></head><body><p>One two.</p></body></html>",
        f"{ROOT}<head><style /></head><body><p>One two.</p></body></html>",
        f"{ROOT}<body><textarea/><p>One two.</p></body></html>",
        f'{ROOT}<body><iframe title="a > b" src="x"/><p>One two.</p></body></html>',
        f"{ROOT}<body><noscript/><p>One <![CDATA[two.]]></p></body></html>",
        f"{ROOT}<body><p><![CDATA[One two.]]></p></body></html>",
        f'<?xml version="1.0"?><?xml-stylesheet href="a>b"?>{ROOT}<body><p>One two.</p></body></html>',
        f'<!DOCTYPE html [<!ENTITY two "two."> <!ELEMENT x ANY>]>{ROOT}<body><p>One &two;</p></body></html>',
        '<x:html xmlns:x="http://www.w3.org/1999/xhtml"><x:head><x:title/></x:head><x:p>One two.</x:p></x:html>',
        f"{ROOT}<body><p>One<br/> two.</p><hr/><script>//<![CDATA[\nif (a < b) c();\n//]]></script></body></html>",
        f"{ROOT}<body><!-- <script/> --><p>One two.</p><p/></body></html>",
        f"{ROOT}<body><p>One two.</p><title/>",  # not well-formed
    ],
)
def test_a_page_served_as_xml_has_all_its_text(markup: str) -> None:
    assert " ".join(text_of(markup).split()) == "One two."


@pytest.mark.parametrize("kind", ["application/xml", "text/xml; charset=utf-8", "application/vnd.wap.xhtml+xml"])
def test_what_a_browser_parses_as_xml(kind: str) -> None:
    assert text_of(f"{ROOT}<head><script/></head><body><p>One.</p></body></html>", kind) == "One."


def test_a_page_served_as_html_is_html() -> None:
    assert text_of(f"{ROOT}<head><title/></head><body><p>One.</p></body></html>", "text/html") == ""


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<?xml version="1.0"?>', "utf-8"),  # XML 1.0, 4.3.3: UTF-8 where nothing is said
        ('<?xml version="1.0" encoding="iso-8859-1"?>', "latin-1"),
        ('<?xml version="1.0" encoding="utf-8"?>', "utf-8"),
        ('<?xml version="1.0"?>', "utf-16"),
    ],
)
def test_a_meta_element_does_not_declare_the_encoding_of_xml(head: str, encoding: str) -> None:
    page = f'{head}{ROOT}<head><meta charset="windows-1251"/></head><body><p>Wörter</p></body></html>'
    assert text_of(page.encode(encoding)) == "Wörter"


def test_comments_and_void_elements_do_not_change() -> None:
    kept = "<!-- <a/> <![CDATA[x]]> --><br/><img src='a'/><p>1 / 2 > 0</p>"
    assert as_html(kept) == kept


@pytest.mark.parametrize("unit", ["<a ", '<a "', "<![CDATA[", "<?", "<!DOCTYPE[", "<!--", "<a b='c'", "<a /", "x:"])
def test_it_takes_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        as_html(unit * count)
        return time.process_time() - begin

    seconds(1_000)
    assert seconds(200_000) < 8 * seconds(50_000) + 0.5


@pytest.mark.parametrize("unit", ["x", "''", 'a="b" '])
def test_a_long_tag_takes_little_memory(unit: str) -> None:
    """No child process bounds the memory of a page that a native function extracts."""
    markup = "<a " + unit * 200_000
    tracemalloc.start()
    try:
        assert as_html(markup) == markup
        assert tracemalloc.get_traced_memory()[1] < 4 * len(markup) + (1 << 20)
    finally:
        tracemalloc.stop()
