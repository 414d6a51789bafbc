"""The files of a batch in the lake's tables: what they replace there, and what others may not change meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from decantry.jobs.commits import Transaction
from decantry.jobs.commits.claims import EVERYTHING, live_runs
from decantry.jobs.ingest.manifest import Manifest, Outcome
from decantry.jobs.ingest.options import ReadingOptions
from decantry.schemas.catalogue import TABLES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake import Lake


class Scope:
    """The files of a batch, in the lake's tables as they are now."""

    def __init__(
        self,
        lake: Lake,
        outcomes: Sequence[Outcome],
        reading: ReadingOptions,
        manifest: Manifest,
        number: int,
        times: int = 0,
    ) -> None:
        """`outcomes` are the files', `number` the batch's; `times` tells repetitions apart."""
        self.lake = lake
        self.times = times
        self.paths = [outcome.source.path for outcome in outcomes]
        self.tables = ["silver/documents", "silver/rejects", *(["bronze/pages"] if reading.keep_html else [])]
        self._states = {name: state_to_keep(lake, name) for name in self.tables}
        self._written: int | None = None
        self._outcomes = outcomes
        self._extractors = [reading.extractor_name, "given", "wet"]
        self._as = partial(
            transaction, outcomes=outcomes, reading=reading, manifest=manifest, number=number, times=times
        )

    def holds(self, repeated: Mapping[str, int]) -> tuple[bool, bool]:
        """Whether the files hold documents, and whether rejects, where so many of a file's ids are taken."""
        documents = any(outcome.documents > repeated.get(outcome.source.path, 0) for outcome in self._outcomes)
        rejects = any(outcome.rejects or outcome.status == "damaged" for outcome in self._outcomes)
        return documents, rejects or bool(repeated)

    def write(self, name: str, rows: DataFrame, *, empty: bool, make: bool) -> None:
        """Put the rows in the place of those that the table has of the same files and extractor.

        With `make`, a table that has none yet is made all the same, so that readers find it.
        """
        as_, after = self._as(name), self._states[name]
        version = None
        if not self.lake.exists(name):
            if make:
                version = self.lake.append(name, rows.limit(0) if empty else rows, as_=as_, after=after)
        elif self._stale(name):
            if name == "silver/documents":
                self._tell_left()
            version = self.lake.replace(name, rows, self._predicate(name), as_=as_, after=after)
        elif not empty:
            version = self.lake.append(name, rows, as_=as_, after=after)
        if name == "silver/documents":
            self._written = version

    def is_taken_over(self) -> bool:
        """Whether another run has put its documents of the files in the place of this one's."""
        from pyspark.sql import functions as F

        name = "silver/documents"
        if self._written is None or self._states[name] is None or self.lake.state(name) == self._written:
            return False
        others = self.lake.read(name).where(self._predicate(name)).where(F.col("run_id") != self.lake.run_id)
        return not others.limit(1).isEmpty()

    def _tell_left(self) -> None:
        """Tell the outcomes which crawls their files' documents were in, and will not be."""
        stale = self.lake.read("silver/documents").where(self._predicate("silver/documents"))
        before = defaultdict(set)
        for path, crawl in stale.select("warc_path", "crawl").distinct().collect():
            before[path].add(crawl)
        for outcome in self._outcomes:
            outcome.leave(before[outcome.source.path])

    def duplicates(self, documents: DataFrame) -> DataFrame:
        """The documents whose id another one has before them: `warc_path, warc_offset`, and the first one's place.

        A document of another file that the lake already has comes first, unless a run that died has left it; else the
        first by path and offset.
        """
        from pyspark.sql import functions as F

        here = documents.select("id", "warc_path", "warc_offset")
        place = F.struct("warc_path", "warc_offset")
        many = here.groupBy("id").agg(F.min(place).alias("first"), F.count("*").alias("n")).where("n > 1").drop("n")
        if self.lake.exists("silver/documents"):
            there = self.lake.read("silver/documents").where(~F.col("warc_path").isin(self.paths))
            known = there.join(here.select("id").distinct(), "id", "left_semi")
            taken = self._standing(known).groupBy("id").agg(F.min(place).alias("first"))
            many = many.join(taken.select("id"), "id", "left_anti").unionByName(taken)
        return here.join(many, "id").where(place != F.col("first"))

    def _standing(self, documents: DataFrame) -> DataFrame:
        """The documents without those that a run which died has left: they are not curated, and take no id."""
        from pyspark.sql import functions as F

        alive = live_runs(self.lake)
        if alive is None:
            return documents
        lines = self.lake.read("ops/inputs").select(F.col("path").alias("warc_path"), F.lit(True).alias("_told"))
        told = documents.join(lines.distinct(), "warc_path", "left")
        return told.where(F.col("_told").isNotNull() | F.col("run_id").isin(*alive, self.lake.run_id))

    def _stale(self, name: str) -> bool:
        return not self.lake.read(name).where(self._predicate(name)).limit(1).isEmpty()

    def _predicate(self, name: str) -> str:
        predicate = f"warc_path IN ({literals(self.paths)})"
        if "extractor" in TABLES[name].column_names:
            predicate += f" AND extractor IN ({literals(self._extractors)})"
        return predicate


def state_to_keep(lake: Lake, name: str) -> int | None:
    """What the table must still be when it is written; null where this run alone writes to the lake."""
    return None if EVERYTHING in lake.claims else lake.state(name)


def transaction(
    table: str,
    outcomes: Sequence[Outcome],
    reading: ReadingOptions,
    manifest: Manifest,
    number: int,
    times: int,
) -> Transaction:
    """What Delta knows a batch's write to the table by; `times` tells its repetitions apart."""
    crawls = sorted({crawl for outcome in outcomes for crawl in (outcome.crawls or [outcome.crawl])})
    attempt = f"{manifest.attempt}+{times}" if times else manifest.attempt
    return Transaction.of("ingest", table, crawls, reading.ingest_hash, attempt, number)


def literals(values: Sequence[str]) -> str:
    """The values as a SQL list."""
    from decantry.jobs.lake import literal

    return ", ".join(literal(value) for value in values)
