"""Columns that steps add by looking at all documents, for a few of them: they are those of the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.lake.published import published_corpus
from decantry.jobs.steps.across import Across

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe


def with_found_columns(lake: Lake, recipe: Recipe, documents: DataFrame) -> DataFrame:
    """The documents with the columns of the steps that look across documents, so that later steps can read them.

    They are null for a document that is not in the corpus.
    """
    added = {c.name: c.type for s in recipe.steps if isinstance(s, Across) and not s.finds_clusters for c in s.adds()}
    if not added:
        return documents
    corpus = published_corpus(lake, recipe.recipe)
    if corpus is None or not set(added) <= set(corpus.columns):
        return documents.withColumns({name: F.lit(None).cast(kind) for name, kind in added.items()})
    return documents.join(corpus.where("copy = 0").select("id", *added), "id", "left")
