"""The card and the metadata, with forty hostile texts wherever a text may occur."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from decantry.jobs.explore.export.card import card, size_category
from decantry.jobs.explore.export.croissant import CONTEXT, croissant
from decantry.jobs.explore.export.manifest import manifest
from decantry.jobs.explore.export.markdown import fenced, plain
from decantry.jobs.explore.export.write import File
from decantry.jobs.explore.report.shown import visible
from tests.jobs.explore.export.made import contents
from tests.jobs.explore.report.hostile import HOSTILE

MORE = (
    "---\n# x",
    "a\n---\nlicense: mit\n---",
    "```\n# x",
    "| x | y |",
    "&lt;b&gt;",
    "www.evil.example",
    "\\",
    "\\|",
    "- {a: [",
)
FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.S)


def parts(made: str) -> tuple[dict[str, Any], str]:
    """The front matter as Hugging Face's hub finds it, up to the first line of three dashes, and the rest."""
    match = FRONT.match(made)
    assert match is not None
    return yaml.safe_load(match[1]), match[2]


def test_the_front_matter_is_filled_from_the_run() -> None:
    front, _ = parts(card(contents()))
    assert front == {
        "pretty_name": "A corpus about tides",
        "license": "other",
        "license_name": "not-stated",
        "license_link": "README.md",
        "language": ["en"],
        "task_categories": ["text-generation"],
        "size_categories": ["1K<n<10K"],
        "tags": ["decantry"],
        "configs": [{"config_name": "default", "data_files": [{"split": "train", "path": "data/train-*.parquet"}]}],
        "dataset_info": {
            "features": [
                {"name": name, "dtype": "string"}
                for name in ("text", "id", "dump", "url", "date", "file_path", "language")
            ]
            + [
                {"name": "language_score", "dtype": "float64"},
                {"name": "token_count", "dtype": "int64"},
                {"name": "copy", "dtype": "int32"},
            ],
            "splits": [{"name": "train", "num_bytes": 56789, "num_examples": 1234}],
            "download_size": 100,
            "dataset_size": 56789,
        },
    }
    named, body = parts(card(contents(license="odc-by")))
    assert named["license"] == "odc-by" and "license_name" not in named
    assert "stated the licence odc-by." in body


def test_the_body_describes_the_corpus_and_its_origin() -> None:
    _, body = parts(card(contents()))
    for line in (
        "# A corpus about tides",
        "A text corpus of 1,234 documents: the publication quiet-pets\\@3 of 2026-11-30, which",
        "| tokens, by `token_count` | 9,876 |",
        "| A corpus about tides | no | 3 | 1,000,000,000 | 50 | 20 |",
        "| words | A corpus about tides (A corpus about tides) | 50 | 30 | 60.0 % | "
        "short_doc 29, A corpus about tides 1 |",
        "Whoever exported this corpus stated no licence.",
        "The licences of files that are not Common Crawl's are not known here.",
        "- No step looked for duplicates.",
        "- Nothing was done about personal data.",
        "Its hash is dcd0774d230aa044: the same recipe, models, lists and documents give the same corpus.",
        "title: A corpus about tides",
    ):
        assert line in body.splitlines(), line
    assert "terms of use" not in body
    assert "annotations/" not in body and "0 ids of a tokenizer" in body
    crawled = parts(card(contents(sources=tuple(replace(each, common_crawl=True) for each in contents().sources))))[1]
    assert "terms of use" in crawled and "not Common Crawl's are" not in crawled


def marks(markdown: str) -> list[str]:
    """The structure of the text for a reader of CommonMark: blocks and inline elements, without the texts."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    found = [[token.type, *(each.type for each in token.children or ())] for token in tokens]
    return [type_ for few in found for type_ in few if type_ not in ("text", "text_special")]


@pytest.mark.parametrize("text", [*HOSTILE, *MORE])
def test_no_text_is_more_than_text_in_the_card(text: str) -> None:
    calm, hostile = (card(contents(each)) for each in ("calm", text))
    front, body = parts(hostile)
    assert front == parts(calm)[0] | {"pretty_name": " ".join(visible(text).split())}
    assert marks(body) == marks(parts(calm)[1])
    assert body.count(plain(text)) >= 6
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", hostile)
    assert not re.search(r"(https?|javascript|data):(?!//commoncrawl)|www\.", body.partition("## Recipe")[0])


@pytest.mark.parametrize("text", [*HOSTILE, *MORE, "_a_ *b* **c** a_b `d` ~~e~~ www.evil.example a@b.example #"])
def test_a_reader_of_markdown_finds_the_text_again(text: str) -> None:
    for before, after in (("# ", ""), ("| ", " |\n|---|"), ("By ", ".")):
        tokens = MarkdownIt("commonmark").enable("table").parse(f"{before}{plain(text)}{after}")
        (inline,) = [token for token in tokens if token.type == "inline"]
        found = "".join(child.content for child in inline.children or ())
        assert {child.type for child in inline.children or ()} <= {"text", "text_special"}
        assert found.removeprefix("By ").removesuffix(after) == " ".join(visible(text).split())


def test_a_fence_is_longer_than_any_within() -> None:
    assert fenced("a\n````\nb", "yaml") == "`````yaml\na\n````\nb\n`````"


@pytest.mark.parametrize("text", ["calm", *HOSTILE, *MORE])
def test_croissant_and_manifest_are_json_that_a_page_can_hold(text: str) -> None:
    made = croissant(contents(text))
    assert made.isascii() and "<" not in made
    told = json.loads(made)
    assert told["description"] == text
    assert [each["@type"] for each in told["distribution"]] == ["cr:FileObject", "cr:FileSet"]
    assert told["distribution"][0]["sha256"] == "0" * 64
    (records,) = told["recordSet"]
    assert [field["source"]["extract"]["column"] for field in records["field"]] == [
        column.name for column in contents().columns
    ]
    assert json.loads(manifest(contents(text)))["files"] == [
        {
            "kind": "rows", "path": "data/train-00000-of-00001.parquet", "rows": 1234, "text_bytes": 56789,
            "bytes": 100, "sha256": "0" * 64,
        }
    ]  # fmt: skip


def test_columns_of_types_that_neither_knows() -> None:
    made = contents(columns=(replace(contents().columns[0], name="spans", type="array<int>"),))
    assert "dataset_info" not in parts(card(made))[0]
    assert json.loads(croissant(made))["recordSet"][0]["field"] == []


def test_every_term_of_the_metadata_is_in_its_context() -> None:
    terms = {key for key in re.findall(r'"([A-Za-z]+)":', croissant(contents())) if key not in CONTEXT}
    schema_org = {"name", "description", "version", "datePublished", "license", "creator", "distribution"}
    assert terms == schema_org | {"contentUrl", "contentSize", "encodingFormat", "sha", "includes"} - {
        "sha",
        "includes",
    }


def test_size_categories() -> None:
    assert [size_category(n) for n in (0, 999, 1000, 99_999, 10**6, 10**12 - 1, 10**12)] == [
        "n<1K", "n<1K", "1K<n<10K", "10K<n<100K", "1M<n<10M", "100B<n<1T", "n>1T",
    ]  # fmt: skip


def test_the_card_describes_annotations_and_token_ids() -> None:
    files = (
        File("rows", "data/train-00000-of-00001.parquet", 5, 100, None, 10, "0" * 64),
        File("tokens", "tokens/train-00000-of-00001.bin", 5, 100, 4321, 10, "0" * 64),
        File("annotations", "annotations/verdicts-00000-of-00001.parquet", 77, None, None, 10, "0" * 64),
    )
    body = parts(card(contents(files=files)))[1]
    assert "4,321 ids of a tokenizer, tokenizer.json" in body
    assert "a row for each of 77 judged documents" in body
    assert "tokens/" not in parts(card(contents(tokenizer=None)))[1]
