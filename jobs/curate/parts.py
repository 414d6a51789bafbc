"""What is published of each crawl, in figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.curate.documents import CrawlDocuments
    from decantry.jobs.live import Published


@dataclass(frozen=True)
class Part:
    """What is published of one crawl: how many documents were judged, which, and how many are kept."""

    crawl: str
    documents: int
    documents_hash: str
    documents_version: int | None
    counts: Mapping[str | None, int]
    """The number of verdicts by `removed_by` (None: kept), as silver/verdicts has them."""
    corpus_documents: int
    """How many documents the corpus has, repetitions not counted."""

    @property
    def kept(self) -> int:
        """How many documents were kept."""
        return self.counts.get(None, 0)


def parts(
    due: Sequence[CrawlDocuments], amended: Sequence[Published], verdicts: DataFrame, corpus: Mapping[str, int]
) -> tuple[Part, ...]:
    """A part for each crawl that is due, and for each published one that is amended, sorted by crawl.

    `verdicts` are those that will be published; `corpus` has the number of documents by crawl.
    """
    wanted = {each.crawl: (each.count, each.hash, each.version) for each in due}
    wanted |= {each.crawl: (each.documents, each.documents_hash, each.documents_version) for each in amended}
    counts = verdict_counts(verdicts)
    return tuple(Part(crawl, *wanted[crawl], counts[crawl], corpus.get(crawl, 0)) for crawl in sorted(wanted))


def verdict_counts(verdicts: DataFrame) -> dict[str, dict[str | None, int]]:
    """The number of verdicts of each crawl by `removed_by`."""
    counts: dict[str, dict[str | None, int]] = defaultdict(dict)
    for crawl, removed_by, n in verdicts.groupBy("crawl", "removed_by").agg(F.count("*")).collect():
        counts[crawl][removed_by] = n
    return counts
