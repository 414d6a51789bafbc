"""What the passes of a recipe come to: fates and corpus rows, and what each deduplicate step found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


@dataclass(frozen=True)
class Outcomes:
    """One staged row a judged document, and what else is published with them.

    `rows` has `crawl`, the columns of FATE and those of the recipe's corpus table but `id` (null where the document was
    removed): of the crawls that are due, and of published documents that were judged again. `changes` has the fates of
    published documents that only a cluster changed (see Light). `found` are the clusters by step (`dedup.clusters`),
    over all that was compared; `cuts` the paragraphs cut by step, `crawl, id, paragraph, text, first_id,
    first_paragraph`, of the judged documents.
    """

    rows: DataFrame
    changes: DataFrame | None = None
    found: dict[str, DataFrame] = field(default_factory=dict)
    cuts: dict[str, DataFrame] = field(default_factory=dict)
