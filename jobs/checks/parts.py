"""The figures of each crawl of a publication."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, Row

    from decantry.jobs.curate.documents import CrawlDocuments
    from decantry.jobs.lake.live import Published


@dataclass(frozen=True)
class Part:
    """The figures of one crawl: how many documents were judged, a hash of which, and how many are kept."""

    crawl: str
    documents: int
    documents_hash: str
    documents_version: int | None
    counts: Mapping[str | None, int]
    """The number of verdicts by `removed_by` (None: kept), as in silver/verdicts."""
    corpus_documents: int
    """How many documents the corpus has, without repetitions."""
    repeated_ids: int = 0
    """How many ids have more than one verdict, plus how many corpus rows share their key with another row."""

    @property
    def kept(self) -> int:
        """How many documents were kept."""
        return self.counts.get(None, 0)


def parts(
    due: Sequence[CrawlDocuments],
    amended: Sequence[Published],
    verdicts: DataFrame,
    corpus: Mapping[str, int],
    repeated: Mapping[str, int],
) -> tuple[Part, ...]:
    """The figures of each crawl that is due, and of each published crawl that is amended, sorted by crawl.

    `verdicts` are those that will be published. `corpus` has the number of documents by crawl, and `repeated` the
    number of rows that share their key with another row.
    """
    wanted = {each.crawl: (each.count, each.hash, each.version) for each in due}
    wanted |= {each.crawl: (each.documents, each.documents_hash, each.documents_version) for each in amended}
    counts, twice = verdict_counts(verdicts)
    return tuple(
        Part(c, *wanted[c], counts[c], corpus.get(c, 0), twice.get(c, 0) + repeated.get(c, 0)) for c in sorted(wanted)
    )


def verdict_counts(verdicts: DataFrame) -> tuple[dict[str, dict[str | None, int]], dict[str, int]]:
    """By crawl, the number of verdicts by `removed_by`, and the number of ids that have more than one."""
    counts: dict[str, dict[str | None, int]] = defaultdict(dict)
    twice: dict[str, int] = defaultdict(int)
    by_id = verdicts.groupBy("crawl", "id").agg(F.count("*").alias("n"), F.min("removed_by").alias("removed_by"))
    found = by_id.groupBy("crawl", "removed_by").agg(F.sum("n"), F.count_if(F.col("n") > 1))
    for crawl, removed_by, n, repeated in found.collect():
        counts[crawl][removed_by] = n
        twice[crawl] += repeated
    return counts, twice


def corpus_counts(corpus: DataFrame) -> list[Row]:
    """By `dump`: a corpus's rows `n`, its `documents`, and how many rows share their key with another (`repeated`)."""
    rows = F.count("*")
    return (
        corpus.groupBy("dump")
        .agg(
            rows.alias("n"),
            F.count_if(F.col("copy") == 0).alias("documents"),
            (rows - F.count_distinct("id", "copy")).alias("repeated"),
        )
        .collect()
    )
