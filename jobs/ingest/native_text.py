"""What native functions add to the rows of readers: text and Markdown of pages, and the language of each text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.schemas import blocks
from decantry.udfs.page.html import NATIVE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.ingest.options import ReadingOptions

BLOCKS = "_blocks"
"""The column with a page's blocks, where they are kept: an array of structs `kind, text, probability`."""
FAILED = "extractor_failed"
"""The reason of a reject for whose page the native function returned null."""


def with_native_text(rows: DataFrame, options: ReadingOptions) -> DataFrame:
    """The rows with the language of each text and, if the extractor is native, with the text and Markdown of pages.

    Until here, the column `text` holds a page's markup if its extractor is native. A page on which the extractor fails
    becomes a reject.
    """
    from pyspark.sql import functions as F

    if options.extractor not in NATIVE:
        return with_languages(rows, options.model_path)
    mine = F.coalesce(F.col("extractor") == options.extractor_name, F.lit(False)) & F.col("text").isNotNull()
    rows = rows.withColumn("_mine", mine)
    page = F.when(F.col("_mine"), F.call_function("extract_page", F.col("text")))
    rows = rows.withColumn("_page", F.call_function("once", page))
    if options.structure:
        rows = rows.withColumn(BLOCKS, F.col("_page.blocks"))
    return with_languages(with_page_columns(rows), options.model_path)


def blocks_of(documents: DataFrame) -> DataFrame:
    """The rows of silver/blocks: one for each block of each document. Texts that came without a page have none.

    No document has any where blocks were not asked for.
    """
    from pyspark.sql import functions as F

    given = [name for name in blocks.TABLE.column_names if name in documents.columns and name not in ("text", "kind")]
    none = F.lit(None).cast("array<struct<kind:string,text:string,probability:float>>")
    kept = F.col(BLOCKS) if BLOCKS in documents.columns else none
    parts = documents.select(*given, F.posexplode(kept).alias("position", "_part"))
    return parts.select(
        *given, "position", "_part.kind", "_part.text", F.col("_part.probability").cast("double").alias("probability")
    )


def with_page_columns(rows: DataFrame) -> DataFrame:
    """The rows where `_mine` is true with the columns of the struct `_page`. Where it is null, they are rejects."""
    from pyspark.sql import functions as F

    failed = F.col("_mine") & F.col("_page").isNull()
    reject = {"stage": "extract", "reason": FAILED, "detail": "the native extractor failed on the page"}
    rows = rows.withColumn("_failed", failed).withColumns(
        {name: F.when(F.col("_failed"), F.lit(value)).otherwise(F.col(name)) for name, value in reject.items()}
    )
    if "kind" in rows.columns:
        rows = rows.withColumn("kind", F.when(F.col("_failed"), F.lit("reject")).otherwise(F.col("kind")))
        rows = rows.withColumn("length", F.when(F.col("_failed"), F.col("warc_length")).otherwise(F.col("length")))
    given = F.when(~F.col("_mine"), F.col("text"))
    rows = rows.withColumn("text", F.coalesce("_page.text", given)).withColumn("markdown", F.col("_page.markdown"))
    return rows.drop("_mine", "_page", "_failed")


def with_languages(rows: DataFrame, model: str) -> DataFrame:
    """The rows with the language of each text, its score (at most 1), and its script. `model` is a fastText model.

    A text without a visible character has none of them.
    """
    from pyspark.sql import functions as F

    visible = F.col("text").rlike(r"(?U)\S")
    labels = F.when(visible, F.call_function("fasttext", F.col("text"), F.lit(model)))
    best = F.try_element_at("_labels", F.lit(1))
    return (
        rows.withColumn("_labels", F.call_function("once", labels))
        .withColumn("language", F.regexp_replace(best["label"], "^__label__", ""))
        .withColumn("language_score", F.when(best.isNotNull(), F.least(F.lit(1.0), best["probability"])))
        .withColumn("language_script", F.nullif(F.call_function("script_of", F.col("text")), F.lit("")))
        .drop("_labels")
    )


def failures(rows: DataFrame, options: ReadingOptions) -> dict[str, int]:
    """By path, the number of pages on which the native extractor failed. Files without such a page have no key."""
    from pyspark.sql import functions as F

    if options.extractor not in NATIVE:
        return {}
    lost = rows.where((F.col("reason") == FAILED) & (F.col("extractor") == options.extractor_name))
    return {row["warc_path"]: row["count"] for row in lost.groupBy("warc_path").count().collect()}
