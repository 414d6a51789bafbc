"""Pages whose text a native function extracts: ingested, extracted again, and curated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyspark.sql import functions as F

from decantry.jobs.cli.explain import lines
from decantry.jobs.curate.documents import readable
from decantry.jobs.explore.explain import explain
from decantry.jobs.ingest.extract import extract
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.native_text import failures, with_page_columns
from decantry.jobs.ingest.options import IngestOptions, resolve
from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.recipe.load import parse
from decantry.jobs.recipe.model import Recipe
from tests.warc_files import http, identity, response, warcinfo, write

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

QUOTE = "<blockquote><p>Rye is patient, and so is the baker who waits for it a day and a night.</p></blockquote>"
PROSE = "The dough of rye bread rests for a day before it is baked, for rye has little gluten, says the baker."
BODY = f"<article><h1>Rye bread</h1><p>{PROSE}</p><p>{PROSE} Again.</p>{QUOTE}<p>{PROSE} And again.</p></article>"


def plain_recipe() -> Recipe:
    return parse("recipe: some\ntext: {extractor: decantry}\nsteps: [c4: {}]", "some.yaml")


def test_ingest_fills_text_markdown_language_and_script(spark: SparkSession, tmp_path: Path) -> None:
    write(tmp_path / "a.warc.gz", warcinfo("TEST-1"), response("one", http(BODY.encode())), response("two", http(b"")))
    lake = Lake(spark, str(tmp_path / "lake"), "run-1")
    report = ingest(lake, [str(tmp_path / "a.warc.gz")], IngestOptions(extractor="decantry", structure=True))
    assert (report.documents, report.rejects) == (2, 0)
    rows = {row["id"]: row for row in lake.read("silver/documents").collect()}
    one, two = rows[identity("response:one")], rows[identity("response:two")]
    assert PROSE in one["text"]
    assert "<p>" not in one["text"]
    assert "> Rye is patient" in one["markdown"]
    assert (one["extractor"], one["language"], one["language_script"]) == ("decantry-2", "en", "Latn")
    assert 0.5 < one["language_score"] <= 1
    assert (two["text"], two["language"], two["language_score"], two["language_script"]) == ("", None, None, None)

    blocks = lake.read("silver/blocks").orderBy("position").collect()
    assert [(row["id"], row["position"], row["kind"]) for row in blocks] == [
        (identity("response:one"), 0, "heading"),
        (identity("response:one"), 1, "paragraph"),
        (identity("response:one"), 2, "paragraph"),
        (identity("response:one"), 3, "quote"),
        (identity("response:one"), 4, "paragraph"),
    ]
    assert (blocks[0]["text"], blocks[1]["text"], blocks[0]["extractor"]) == ("Rye bread", PROSE, "decantry-2")
    assert all(0 <= row["probability"] <= 1 for row in blocks)
    told = explain(lake, plain_recipe(), identity("response:one"))
    assert [block.kind for block in told.blocks] == [row["kind"] for row in blocks]
    assert any(line.endswith("heading   Rye bread") for line in lines(told))

    markdown = parse("recipe: some\ntext: {extractor: decantry, form: markdown}\nsteps: [c4: {}]", "some.yaml")
    plain = plain_recipe()
    texts = {recipe.text.form: readable(lake, recipe, None)[0] for recipe in (markdown, plain)}
    assert {form: texts[form].where("text LIKE '%> Rye is patient%'").count() for form in texts} == {
        "markdown": 1,
        "text": 0,
    }
    assert recipe_hash(markdown) != recipe_hash(plain)

    again = Lake(spark, str(tmp_path / "lake"), "run-2")
    ingest(again, [str(tmp_path / "a.warc.gz")], IngestOptions(extractor="decantry"))
    assert again.read("silver/documents").count() == 2
    assert again.read("silver/blocks").count() == 0


def test_pages_in_the_lake_are_extracted_again(spark: SparkSession, tmp_path: Path) -> None:
    write(tmp_path / "a.warc.gz", warcinfo("TEST-1"), response("one", http(BODY.encode())))
    lake = Lake(spark, str(tmp_path / "lake"), "run-1")
    ingest(lake, [str(tmp_path / "a.warc.gz")], IngestOptions())
    assert extract(lake, "decantry").documents == 1
    rows = {row["extractor"]: row for row in lake.read("silver/documents").collect()}
    (other,) = rows.keys() - {"decantry-2"}
    assert rows["decantry-2"]["markdown"] is not None
    assert rows[other]["markdown"] is None
    assert rows["decantry-2"]["language"] == rows[other]["language"] == "en"
    assert rows["decantry-2"]["warc_offset"] == rows[other]["warc_offset"]


def test_a_page_on_which_the_extractor_fails_is_a_reject(spark: SparkSession) -> None:
    columns = (
        "kind string, id string, extractor string, text string, warc_path string, warc_length bigint, length bigint"
    )
    more = (
        ", stage string, reason string, detail string, language string, language_score double, language_script string"
    )
    rows = spark.createDataFrame(
        [
            ("document", "a", "decantry-2", "<p>", "one.warc", 70, *[None] * 7),
            ("document", "b", "wet", "Plain words.", "one.warc", 80, *[None] * 4, "en", 0.9, "Latn"),
        ],
        columns + more,
    )
    page = F.lit(None).cast("struct<text:string,markdown:string>")
    mine = rows.withColumn("_mine", F.col("extractor") == "decantry-2").withColumn("_page", page)
    found = with_page_columns(mine)
    reject, given = found.orderBy("id").collect()
    assert (reject["kind"], reject["stage"], reject["reason"]) == ("reject", "extract", "extractor_failed")
    assert (reject["text"], reject["length"], reject["language"]) == (None, 70, None)
    assert (given["kind"], given["text"], given["language"], given["reason"]) == (
        "document",
        "Plain words.",
        "en",
        None,
    )
    assert failures(found, resolve(IngestOptions(extractor="decantry"))) == {"one.warc": 1}
    assert failures(found, resolve(IngestOptions())) == {}


def test_markdown_is_refused_if_the_extractor_has_none() -> None:
    with pytest.raises(UserError, match="resiliparse gives no Markdown: use `form: markdown` with decantry"):
        parse("recipe: some\ntext: {form: markdown}\nsteps: [c4: {}]", "some.yaml")
