"""Reads the blocks of one page, if `--structure` has kept them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.process.spark import F
from decantry.schemas.blocks import TABLE

if TYPE_CHECKING:
    from pyspark.sql import Row

    from decantry.jobs.lake.lake import Lake


@dataclass(frozen=True)
class Block:
    """A block of a page: its kind, its text, and the extractor's probability that it is content."""

    kind: str
    text: str
    probability: float


def blocks_of(lake: Lake, document: Row) -> tuple[Block, ...]:
    """The blocks of the document's page, in order; empty if they were not kept."""
    if not lake.exists(TABLE.name):
        return ()
    mine = lake.read(TABLE.name).where(
        (F.col("crawl") == document["crawl"])
        & (F.col("id") == document["id"])
        & (F.col("extractor") == document["extractor"])
    )
    found = mine.orderBy("position").select("kind", "text", "probability").collect()
    return tuple(Block(*row) for row in found)
