"""Text and Markdown of pages whose extractor is a native function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.process.spark import F
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
    """The rows with the text and Markdown of their pages. Until here, `text` holds a page's markup.

    Rows of other extractors, such as given texts, do not change. A page on which the extractor fails becomes a reject.
    """
    if options.extractor not in NATIVE:
        return rows
    mine = F.coalesce(F.col("extractor") == options.extractor_name, F.lit(False)) & F.col("text").isNotNull()
    rows = rows.withColumn("_mine", mine)
    page = F.when(F.col("_mine"), F.call_function("extract_page", F.col("text")))
    rows = rows.withColumn("_page", F.call_function("once", page))
    if options.structure:
        rows = rows.withColumn(BLOCKS, F.col("_page.blocks"))
    return with_page_columns(rows)


def blocks_of(documents: DataFrame) -> DataFrame:
    """The rows of silver/blocks: one for each block of each document. Texts that came without a page have none.

    No document has any where blocks were not asked for.
    """
    given = [name for name in blocks.TABLE.column_names if name in documents.columns and name not in ("text", "kind")]
    none = F.lit(None).cast("array<struct<kind:string,text:string,probability:float>>")
    kept = F.col(BLOCKS) if BLOCKS in documents.columns else none
    parts = documents.select(*given, F.posexplode(kept).alias("position", "_part"))
    return parts.select(
        *given, "position", "_part.kind", "_part.text", F.col("_part.probability").cast("double").alias("probability")
    )


def with_page_columns(rows: DataFrame) -> DataFrame:
    """The rows where `_mine` is true with the columns of the struct `_page`, or as rejects where `_page` is null."""
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


def failures(rows: DataFrame, options: ReadingOptions) -> dict[str, int]:
    """By path, the number of pages on which the native extractor failed. Files without such a page have no key."""
    if options.extractor not in NATIVE:
        return {}
    lost = rows.where((F.col("reason") == FAILED) & (F.col("extractor") == options.extractor_name))
    return {row["warc_path"]: row["count"] for row in lost.groupBy("warc_path").count().collect()}
