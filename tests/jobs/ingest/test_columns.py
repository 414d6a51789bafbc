"""Columns by the names in published corpora, and by the names in the option."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from decantry.jobs.ingest.columns import columns_of, fields_of, missing_text, names_in, parse
from decantry.jobs.ingest.layouts import FIELDS
from decantry.jobs.process.errors import UserError


def read(row: dict[str, Any], columns: str | None = None) -> tuple[str | None, dict[str, Any]]:
    """The layout, and the fields that the row has."""
    notes, found = fields_of(row, parse(columns))
    assert list(found) == list(FIELDS)
    layout = next((note.removeprefix("layout ") for note in notes if note.startswith("layout ")), None)
    return layout, {name: value for name, value in found.items() if value is not None}


AT = "2024-05-17T23:31:22Z"
PLAIN = {"text": "t", "id": "i", "url": "u", "date": AT, "dump": "d"}
HEADERS = {"WARC-Record-ID": "i", "WARC-Target-URI": "u", "WARC-Date": AT}
LOWER = {name.lower(): value for name, value in HEADERS.items()}
U = {"url": "u"}
NO_DUMP = {name: value for name, value in PLAIN.items() if name != "dump"}


@pytest.mark.parametrize(
    ("row", "layout", "fields"),
    [
        (PLAIN, None, PLAIN),
        ({"text": "t", "id": "i", "metadata": {"url": "u", "date": AT, "dump": "d", "score": 1}}, "datatrove", PLAIN),
        ({"text": "t", "id": "i", "media": [], "metadata": {"file_path": "f"}}, "datatrove", {"text": "t", "id": "i"}),
        ({"text": "t", "id": "i", "metadata": '{"url": "u", "date": "' + AT + '", "dump": "d"}'}, "datatrove", PLAIN),
        ({"text": "t", "id": "i", "metadata": [("url", "u")]}, "datatrove", {"text": "t", "id": "i", "url": "u"}),
        ({"id": "i", "text": "t", "source": "s", "added": "x", "created": AT, "metadata": U}, "dolma", NO_DUMP),
        ({"id": "i", "text": "t", "source": "s", "added": "x"}, "dolma", {"id": "i", "text": "t"}),
        ({"id": "i", "text": "t", "f": "a.warc.gz", "u": "u", "ts": AT, "collection": "d"}, "HPLT", PLAIN),
        ({"id": "i", "text": "t", "u": "u", "ts": AT, "crawl_id": "d"}, "HPLT", PLAIN),
        ({"text": "t", "url": "u", "metadata": HEADERS, "warcinfo": "x"}, "DCLM", NO_DUMP),
        ({"text": "t", "metadata": HEADERS}, "DCLM", NO_DUMP),
        ({"text": "t", **HEADERS}, "DCLM", NO_DUMP),
        ({"text": "t", "meta": {"url": "u", "timestamp": AT}}, "RedPajama", {"text": "t", "url": "u", "date": AT}),
        ({"text": "t", "meta": '{"url": "u"}'}, "RedPajama", {"text": "t", "url": "u"}),
        ({"text": "t", "warc_headers": LOWER}, "OSCAR", NO_DUMP),
        ({"id": "i", "text": "t", "meta": {"warc_headers": LOWER}}, "OSCAR", NO_DUMP),
        ({"id": "i", "text": "t", "url": "u", "date_download": AT, "digest": "x"}, "CCNet", NO_DUMP),
        ({"id": "i", "text": "t", "url": "u", "date": AT, "document_lang": "en", "collection": "d"}, "HPLT v1", PLAIN),
        ({"id": "i", "text": "t", "source": "u", "source-hostname": "h", "date": AT}, "trafilatura", NO_DUMP),
        ({"text": "t", "url": "u", "timestamp": AT}, "c4", {"text": "t", "url": "u", "date": AT}),
        ({"TEXT": "t", "ID": "i", "Url": "u", "Date": AT, "DUMP": "d"}, None, PLAIN),
        ({"text": "t", "id": "i", "url": None, "metadata": U}, "datatrove", {"text": "t", "id": "i", "url": "u"}),
        ({"text": "t", "id": "i", "url": "own", "metadata": U}, "datatrove", {"text": "t", "id": "i", "url": "own"}),
        ({"text": "t", "id": "i", "metadata": None}, None, {"text": "t", "id": "i"}),
        ({"text": "t", "id": "i", "metadata": "{no json"}, None, {"text": "t", "id": "i"}),
        ({"text": "t", "created": AT, "ts": AT, "u": "u"}, "HPLT", {"text": "t", "date": AT, "url": "u"}),
        ({"text": "t", "created": AT}, None, {"text": "t"}),
    ],
)  # fmt: skip
def test_the_columns_of_a_row_identify_its_layout(
    row: dict[str, Any], layout: str | None, fields: dict[str, Any]
) -> None:
    assert read(row) == (layout, fields)


def test_an_empty_text_counts_and_an_empty_address_is_replaced_by_another_column() -> None:
    row = {"text": "", "id": "i", "url": "", "metadata": {"url": "u"}}
    assert read(row) == ("datatrove", {"text": "", "id": "i", "url": "u"})


def test_deeply_nested_objects_are_read() -> None:
    deep: dict[str, Any] = {"url": "u"}
    for _ in range(5000):
        deep = {"a": deep}
    assert read({"text": "t", "id": "i", "metadata": deep}) == (None, {"text": "t", "id": "i"})


def test_a_column_whose_name_exists_in_two_cases_must_match_exactly() -> None:
    assert read({"Text": "a", "TEXT": "b"}) == (None, {})
    assert read({"Text": "a", "text": "b"}) == (None, {"text": "b"})


def test_columns_given_by_the_option() -> None:
    row = {"content": "t", "meta": {"source_url": "u", "deep": {"er": "d"}}, "doc_id": 7, "id": "other", "url": "other"}
    given = "text=content, url=meta.source_url,id=doc_id,dump=meta.deep.er"
    assert read(row, given)[1] == {"text": "t", "url": "u", "id": 7, "dump": "d"}
    assert read(row, "text=content,id=")[1] == {"text": "t", "url": "other"}, "no column is the id"
    assert read({"meta.url": "exact", "meta": {"url": "nested"}}, "url=meta.url")[1] == {"url": "exact"}
    assert read({"Content": "t"}, "text=content")[1] == {"text": "t"}
    assert read({"a.b": {"c.d": "t"}}, "text=a.b.c.d")[1] == {"text": "t"}
    dotted = pa.struct([("c.d", pa.string()), ("e", pa.string())])
    assert columns_of(pa.schema([("a.b", dotted)]), parse("text=a.b.c.d")) == ["a.b.c.d"]


def test_a_given_column_that_a_row_lacks_is_noted() -> None:
    given = parse("text=content,url=meta.source,date=at,id=")
    row = {"content": "t", "meta": {"source_url": "u"}, "at": None}
    assert fields_of(row, given)[0] == ("no column meta.source",)
    assert fields_of({"content": "t", "meta": '{"source": "u"}', "At": 1}, given)[0] == ()
    assert fields_of({}, ())[0] == ()


@pytest.mark.parametrize(
    ("row", "path"),
    [
        ({"text": "t", "source_url": "u"}, "source_url"),
        ({"text": "t", "pageURL": "u"}, "pageURL"),
        ({"text": "t", "meta": {"title": "x", "target_uri": "u"}}, "meta.target_uri"),
        ({"text": "t", "metadata": '{"link": "u"}'}, "metadata.link"),
        ({"text": "t", "meta": {"uri": "u"}, "Link": "v"}, "Link"),
        ({"text": "t", "image_url": "u", "license_url": "v"}, None),
        ({"text": "t", "url": None, "source_url": "u"}, None),
        ({"text": "t", "curl": "u", "links": ["u"], "pages": {"url": "u"}}, None),
    ],
)
def test_a_column_that_probably_has_the_address_is_noted(row: dict[str, Any], path: str | None) -> None:
    """Without an address, no list of hosts and no request to forget a domain would find the document."""
    assert fields_of(row)[0] == ((f"url missing, see --columns url={path}",) if path else ())
    assert fields_of(row, parse("url="))[0] == ()
    if path and "metadata" not in row:
        assert path in columns_of(pa.Table.from_pylist([row]).schema)


@pytest.mark.parametrize("option", ["text", "title=x", "text=", "text=a,text=b", ",", "=a"])
def test_an_invalid_option_is_refused(option: str) -> None:
    with pytest.raises(
        UserError, match=r"--columns .* cannot be read at .*: name each of text, id, url, date, dump at"
    ):
        parse(option)


def test_a_column_name_may_contain_anything_but_a_comma() -> None:
    assert parse("text=the text;=") == (("text", "the text;="),)


def test_without_an_option_no_column_is_given() -> None:
    assert parse(None) == parse("") == ()


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["doc_id", "raw_content", "url"], "text=raw_content,id=doc_id"),
        (["id", "Content"], "text=Content"),
        (["a", "b"], "text=COLUMN,id=COLUMN"),
        (["content", "doc_id", "source_url"], "text=content,id=doc_id,url=source_url"),
        (["_index", "_id", "_source.text", "_source.url"], "text=_source.text,id=_id,url=_source.url"),  # Elasticsearch
        (["_id.$oid", "body", "meta.link", "Url"], "text=body,id=_id.$oid"),  # MongoDB
        (["id", "other.text", "text.other", "x.content"], "text=other.text"),
    ],
)
def test_the_message_for_rows_without_a_text(names: list[str], told: str) -> None:
    assert missing_text(names) == (
        f"no column text; the columns are {', '.join(names)}: name them, as in --columns {told}"
    )


def test_the_message_for_texts_that_are_no_strings_or_null() -> None:
    assert missing_text(["id", "Text", "body"]) == (
        "no text in its column Text: each value is null or no string, and lists, objects and numbers are not read as "
        "texts; the columns are id, Text, body: name another, as in --columns text=body, or write texts as strings"
    )
    found = missing_text(["id", "body"], (("text", "body"),))
    assert found.startswith("no text in its column body: ") and "name another, as in --columns text=COLUMN, or" in found
    assert missing_text(["Text", "text", "id"]).startswith("no text in its column text: ")


def test_the_message_for_columns_that_differ_in_case_alone() -> None:
    assert missing_text(["id", "TEXT", "Text"]) == (
        "no column text, but several that differ from it in case alone; the columns are id, TEXT, Text: name one, as "
        "in --columns text=TEXT"
    )


def test_the_message_is_one_line_whatever_the_names() -> None:
    assert "the columns are a\ufffdb, c\ufffdd, \ufffd: name" in missing_text(["a\nb", "c\0d", "\ud800"])


def test_the_message_lists_only_the_first_columns() -> None:
    assert "c18, c19 and 80 more: name them" in missing_text([f"c{n}" for n in range(100)])
    assert missing_text([], (("text", "body"),)).startswith("no column body; the columns are none: ")


def test_names_of_nested_keys() -> None:
    assert names_in({"id": 1, "meta": {"a": 1, "b": 2}, "tags": ["x"]}) == ["id", "meta.a", "meta.b", "tags"]


def test_only_the_needed_columns_of_a_parquet_file_are_read() -> None:
    meta = pa.struct([("WARC-Target-URI", pa.string()), ("WARC-Date", pa.string()), ("html", pa.binary())])
    schema = pa.schema([("text", pa.string()), ("url", pa.string()), ("metadata", meta), ("embedding", pa.binary())])
    assert sorted(columns_of(schema)) == ["metadata.WARC-Date", "metadata.WARC-Target-URI", "text", "url"]
    pairs = pa.schema([("Text", pa.string()), ("metadata", pa.map_(pa.string(), pa.string()))])
    assert sorted(columns_of(pairs)) == ["Text", "metadata"]
    with pytest.raises(LookupError, match=r"no column text; the columns are url, metadata\..*, embedding: name"):
        columns_of(schema.remove(0))
    assert "embedding" in columns_of(schema, (("text", "embedding"),))
    noted = pa.schema([("text", pa.string()), ("link", pa.string())])
    assert columns_of(noted) == ["text", "link"]
    assert columns_of(noted.append(noted.field(1))) == ["text"]
    with pytest.raises(LookupError, match="two columns url: which of them counts cannot be told"):
        columns_of(schema.append(pa.field("url", pa.string())))
