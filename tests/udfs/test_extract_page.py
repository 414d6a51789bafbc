"""extract_page in SQL: the Scala suites hold what it finds, this what SQL sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.udfs.evaluate import evaluate

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PAGE = (
    "<html lang=en><title>Rye bread | Loaves</title><meta name=author content='Ada Miller'>"
    "<nav><a href=/>Home</a></nav><article><h1>Rye bread</h1>"
    "<p>Mix flour, water and salt, and let it rest for <code>60</code> minutes before you bake it.</p>"
    "<ul><li>500 g of flour, which must be rye,<li>350 g of water.</ul></article>"
)


def test_a_page_is_a_row(spark: SparkSession) -> None:
    page, empty, odd = evaluate(spark, "extract_page", [PAGE, "", "\x00<p"])
    assert "Mix flour, water and salt, and let it rest for 60 minutes before you bake it." in page["text"].split("\n")
    assert "# Rye bread\n\nMix flour, water and salt, and let it rest for `60` minutes" in page["markdown"]
    assert (page["title"], page["author"], page["language_hint"]) == ("Rye bread | Loaves", "Ada Miller", "en")
    assert (page["published"], page["licence"]) == (None, None)
    assert [block["kind"] for block in page["blocks"]] == ["paragraph", "heading", "paragraph", "list", "list"]
    assert page["blocks"][0]["probability"] < page["blocks"][2]["probability"]
    assert (empty["text"], empty["markdown"], empty["blocks"], empty["content_blocks"]) == ("", "", [], 0)
    assert odd["text"] == ""


def test_null_is_null(spark: SparkSession) -> None:
    (row,) = spark.sql("select extract_page(cast(null as string)) as page").collect()
    assert row["page"] is None
