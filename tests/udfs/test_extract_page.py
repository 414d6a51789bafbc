"""`extract_page` in SQL. The Scala suites test the extraction itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.udfs.evaluate import evaluate

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PAGE = (
    "<html lang=en><head><title>Rye bread | Loaves</title><meta name=author content='Ada Miller'></head><body>"
    "<nav class=menu><ul><li><a href=/>Home</a><li><a href=/shop>Shop</a></ul></nav>"
    "<article class=post><h1>Rye bread</h1>"
    "<p>Rye has little gluten, so a loaf that is made of it alone does not rise as wheat does, and none should.</p>"
    "<p>Mix the flour with water and a spoon of the sour dough, and let it rest for <code>12</code> hours, covered.</p>"
    "<p>Bake it at 250 degrees until the crust is dark, then at 200 degrees for an hour, and let it cool at night.</p>"
    "</article><footer class=footer><p><a href=/privacy>Privacy policy</a> All rights reserved</p></footer>"
)


def test_a_page_is_a_row(spark: SparkSession) -> None:
    page, empty, odd = evaluate(spark, "extract_page", [PAGE, "", "\x00<p"])
    assert "a spoon of the sour dough, and let it rest for 12 hours, covered." in page["text"]
    assert "a spoon of the sour dough, and let it rest for `12` hours, covered." in page["markdown"]
    assert "Privacy" not in page["text"]
    assert (page["title"], page["author"], page["language_hint"]) == ("Rye bread | Loaves", "Ada Miller", "en")
    assert (page["published"], page["licence"]) == (None, None)
    assert [block["kind"] for block in page["blocks"]] == ["list", "list", "heading", *["paragraph"] * 4]
    assert page["blocks"][0]["probability"] < page["blocks"][4]["probability"]
    assert (empty["text"], empty["markdown"], empty["blocks"], empty["content_blocks"]) == ("", "", [], 0)
    assert odd["text"] == ""


def test_null_is_null(spark: SparkSession) -> None:
    (row,) = spark.sql("select extract_page(cast(null as string)) as page").collect()
    assert row["page"] is None
