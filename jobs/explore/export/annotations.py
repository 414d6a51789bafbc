"""Verdicts and scores as a table that joins Common Crawl's columnar index on `warc_filename, warc_record_offset`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from decantry.jobs.curate.documents import texts_of
from decantry.jobs.lake.published import verdicts_of
from decantry.schemas.corpus import BASE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe

NUMBERS = ("int", "bigint", "double")
RENAMED = {"warc_path": "warc_filename", "warc_offset": "warc_record_offset", "warc_length": "warc_record_length"}
"""Columns of `documents`, and their names in Common Crawl's columnar index (commoncrawl/cc-index-table)."""
_OF_DOCUMENTS = ("url", "language", "language_score", *RENAMED)
_OF_VERDICTS = ("crawl", "id", "kept", "removed_by", "values", "cluster_id", "cluster_size")


def annotated(lake: Lake, recipe: Recipe, published: Sequence[Published], corpus: DataFrame) -> DataFrame:
    """One row for each judged document: the location of its record, its verdict, and the scores that the recipe adds.

    Scores are null for documents that are not in the corpus. Documents that were forgotten have no row.
    """
    documents = texts_of(lake, recipe).select("id", *_OF_DOCUMENTS).withColumnsRenamed(RENAMED)
    verdicts = verdicts_of(lake, published).select(*_OF_VERDICTS)
    rows = verdicts.join(documents, "id")
    scores = scores_of(corpus)
    if scores:
        rows = rows.join(corpus.where("copy = 0").select("id", *scores), "id", "left")
    first = [*RENAMED.values(), "crawl", "id", "url", "language", "language_score"]
    return rows.select(*first, *(name for name in _OF_VERDICTS if name not in first), *scores)


def scores_of(corpus: DataFrame) -> list[str]:
    """The names of the numeric columns that a recipe's steps added to the corpus."""
    base = {column.name for column in BASE} | set(_OF_VERDICTS)
    return [name for name, type_ in corpus.dtypes if type_ in NUMBERS and name not in base]
