"""Text, Markdown and language of pages whose extractor is a native function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.udfs.page.html import NATIVE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.ingest.options import ReadingOptions


def with_native_text(rows: DataFrame, options: ReadingOptions) -> DataFrame:
    """The rows with what the native extractor takes from `text`, which is a page's markup until then.

    Rows of other extractors, such as given texts, stay as they are. The language is that of the same model, and the
    script is counted in the same way, as for other extractors (udfs/page/page.py).
    """
    from pyspark.sql import functions as F

    if options.extractor not in NATIVE:
        return rows
    mine = F.coalesce(F.col("extractor") == options.extractor_name, F.lit(False)) & F.col("text").isNotNull()
    rows = rows.withColumn("_mine", mine)
    page = F.when(F.col("_mine"), F.call_function("extract_page", F.col("text")))
    rows = rows.withColumn("_page", F.call_function("once", page))
    rows = rows.withColumn("text", F.coalesce("_page.text", "text")).withColumn("markdown", F.col("_page.markdown"))
    visible = F.col("_mine") & F.col("text").rlike(r"(?U)\S")
    labels = F.when(visible, F.call_function("fasttext", F.col("text"), F.lit(options.model_path)))
    script = F.when(F.col("_mine"), F.nullif(F.call_function("script_of", F.col("text")), F.lit("")))
    best = F.try_element_at("_labels", F.lit(1))
    return (
        rows.withColumn("_labels", F.call_function("once", labels))
        .withColumn("language", F.coalesce(F.regexp_replace(best["label"], "^__label__", ""), F.col("language")))
        .withColumn(
            "language_score", F.coalesce(F.least(F.lit(1.0), best["probability"].cast("double")), "language_score")
        )
        .withColumn("language_script", F.coalesce(script, "language_script"))
        .drop("_mine", "_page", "_labels")
    )
