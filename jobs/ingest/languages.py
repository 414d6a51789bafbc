"""The language and the script of the documents' texts, named in the JVM after the texts are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.ingest.options import ReadingOptions


def with_languages(rows: DataFrame, options: ReadingOptions) -> DataFrame:
    """The rows with `language`, `language_score` and `language_script` of the documents; null for all other rows.

    Rows without `kind` are documents where they have no `reason`. The language is the fastText model's most probable
    one, as the model names it, and its probability; null if the text has no visible character or the model knows no
    part of it. The script is that of most letters. `options` are those for executors.
    """
    mine = F.col("kind") == "document" if "kind" in rows.columns else F.col("reason").isNull()
    text, model = F.when(mine, F.col("text")), F.lit(f"{options.model_path}#sha256={options.model_sha256}")
    labels = F.when(text.rlike(r"(?U)\S"), F.call_function("fasttext", text, model))
    best = F.try_element_at("_labels", F.lit(1))
    return (
        rows.withColumn("_labels", F.call_function("once", labels))
        .withColumn("language", F.regexp_replace(best["label"], "^__label__", ""))
        .withColumn("language_score", F.when(best.isNotNull(), F.least(F.lit(1.0), best["probability"])))
        .withColumn("language_script", F.nullif(F.call_function("script_of", text), F.lit("")))
        .drop("_labels")
    )
