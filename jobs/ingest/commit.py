"""From staged rows to tables: duplicate ids told apart, stale rows replaced, the manifest written last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from decantry.jobs.commits import Transaction, anew
from decantry.jobs.commits.claims import EVERYTHING, live_runs
from decantry.jobs.few_rows import few_rows
from decantry.jobs.ingest.forgotten import leave_out
from decantry.jobs.ingest.manifest import Manifest, Outcome
from decantry.jobs.ingest.options import ReadingOptions
from decantry.schemas.catalogue import TABLES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.curate.staging import Staging
    from decantry.jobs.lake import Lake


def commit(
    lake: Lake,
    staging: Staging,
    rows: DataFrame | None,
    outcomes: Sequence[Outcome],
    reading: ReadingOptions,
    manifest: Manifest,
    number: int,
) -> list[Outcome]:
    """Write the batch's rows to their tables, then the manifest; return the outcomes with duplicates counted.

    Rows of the same files and extractor that an earlier reading (or one that died before its manifest) left are
    replaced in the same commit.
    """
    from pyspark.sql import functions as F

    usable = [outcome for outcome in outcomes if outcome.status != "failed"]
    if rows is not None and usable:
        rows = rows.where(F.col("warc_path").isin([outcome.source.path for outcome in usable]))
        rows, forgotten = leave_out(lake, staging, rows.withColumn("run_id", F.lit(lake.run_id)))
        _count_as_rejects(usable, forgotten)
        left = rows
        _count_as_rejects(
            usable,
            anew(lambda times: _write_rows(Scope(lake, usable, reading, manifest, number, times), staging, left)),
        )
    anew(lambda times: _write_manifest(lake, outcomes, reading, manifest, number))
    return list(outcomes)


def _count_as_rejects(outcomes: Sequence[Outcome], counts: Mapping[str, int]) -> None:
    for outcome in outcomes:
        count = counts.get(outcome.source.path, 0)
        outcome.documents -= count
        outcome.rejects += count


def _write_rows(scope: Scope, staging: Staging, rows: DataFrame) -> dict[str, int]:
    """Write the rows to their tables; return how many documents of each file are rejects, since their ids are taken.

    Raises Overtaken where another run writes to one of the tables meanwhile.
    """
    from pyspark.sql import functions as F

    documents, rejects = rows.where("kind = 'document'"), rows.where("kind = 'reject'")
    pages = rows.where("kind = 'page'")
    duplicates = staging.write("duplicates", scope.duplicates(documents))
    repeated = {
        row["warc_path"]: row["n"] for row in duplicates.groupBy("warc_path").agg(F.count("*").alias("n")).collect()
    }
    if repeated:
        places = duplicates.select("warc_path", "warc_offset")
        rejects = rejects.unionByName(_rejected(documents, duplicates))
        documents = documents.join(places, ["warc_path", "warc_offset"], "left_anti")
        pages = pages.join(places, ["warc_path", "warc_offset"], "left_anti")
    read, damaged = scope.holds(repeated)
    of_table = {
        "silver/documents": (documents, read),
        "silver/rejects": (rejects, damaged),
        "bronze/pages": (pages, read),
    }
    with ThreadPoolExecutor(len(scope.tables)) as pool:

        def write(name: str) -> None:
            found, some = of_table[name]
            scope.write(name, found, empty=not some, make=read or damaged)

        list(pool.map(write, scope.tables))
    return repeated


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
        self.paths = [outcome.source.path for outcome in outcomes]
        self.tables = ["silver/documents", "silver/rejects", *(["bronze/pages"] if reading.keep_html else [])]
        self._states = {name: _state(lake, name) for name in self.tables}
        self._outcomes = outcomes
        self._extractors = [reading.extractor_name, "given", "wet"]
        self._as = partial(
            _transaction, outcomes=outcomes, reading=reading, manifest=manifest, number=number, times=times
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
        if not self.lake.exists(name):
            if make:
                self.lake.append(name, rows.limit(0) if empty else rows, as_=as_, after=after)
        elif self._stale(name):
            if name == "silver/documents":
                self._tell_left()
            self.lake.replace(name, rows, self._predicate(name), as_=as_, after=after)
        elif not empty:
            self.lake.append(name, rows, as_=as_, after=after)

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
        predicate = f"warc_path IN ({_literals(self.paths)})"
        if "extractor" in TABLES[name].column_names:
            predicate += f" AND extractor IN ({_literals(self._extractors)})"
        return predicate


def _rejected(documents: DataFrame, duplicates: DataFrame) -> DataFrame:
    """The rows of the documents whose id is taken, as rejects."""
    from pyspark.sql import functions as F

    first = F.concat(F.lit("the first is at "), F.col("first.warc_path"), F.lit(" "), F.col("first.warc_offset"))
    places = duplicates.select("warc_path", "warc_offset", first.alias("why"))
    return (
        documents.join(places, ["warc_path", "warc_offset"])
        .withColumns(
            {
                "kind": F.lit("reject"),
                "stage": F.lit("decode"),
                "reason": F.lit("duplicate_id"),
                "detail": F.col("why"),
                "length": F.col("warc_length"),
            }
        )
        .select(*documents.columns)
    )


def _state(lake: Lake, name: str) -> int | None:
    """What the table must still be when it is written; null where this run alone writes to the lake."""
    return None if EVERYTHING in lake.claims else lake.state(name)


def _transaction(
    table: str,
    outcomes: Sequence[Outcome],
    reading: ReadingOptions,
    manifest: Manifest,
    number: int,
    times: int = 0,
) -> Transaction:
    crawls = sorted({crawl for outcome in outcomes for crawl in (outcome.crawls or [outcome.crawl])})
    attempt = f"{manifest.attempt}+{times}" if times else manifest.attempt
    return Transaction.of("ingest", table, crawls, reading.ingest_hash, attempt, number)


def _write_manifest(
    lake: Lake, outcomes: Sequence[Outcome], reading: ReadingOptions, manifest: Manifest, number: int
) -> None:
    """Put the outcomes in the place of the files' rows of the same extractor."""
    from pyspark.sql import functions as F

    changed = [outcome for outcome in outcomes if not manifest.says(outcome)]
    if not changed:
        return
    table = TABLES["ops/inputs"]
    after = _state(lake, table.name)
    paths = [outcome.source.path for outcome in changed]
    predicate = f"path IN ({_literals(paths)}) AND extractor = {_literals([reading.extractor_name])}"
    stale = lake.read(table.name).where(F.expr(predicate)).select("path", "crawl", "left_crawls").collect()
    for outcome in changed:
        for _, crawl, left in (row for row in stale if row["path"] == outcome.source.path):
            outcome.leave([crawl, *(left or [])])
    values = [outcome.row(reading, lake.run_id, number) for outcome in changed]
    rows = few_rows(lake.spark, table, [tuple(value[name] for name in table.column_names) for value in values])
    as_ = _transaction(table.name, changed, reading, manifest, number)
    if stale:
        lake.replace(table.name, rows, predicate, as_=as_, after=after)
    else:
        lake.append(table.name, rows, as_=as_, after=after)


def _literals(values: Sequence[str]) -> str:
    from decantry.jobs.lake import literal

    return ", ".join(literal(value) for value in values)
