"""From staged rows to tables: duplicate ids told apart, stale rows replaced, the manifest written last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from decantry.jobs.ingest.forgotten import leave_out
from decantry.jobs.ingest.manifest import FINISHED, Manifest, Outcome
from decantry.jobs.ingest.same_ids import NOTED, count_of_others, named_before, renamed, told_apart
from decantry.jobs.ingest.scope import Scope, literals
from decantry.jobs.lake.commits import Superseded, Transaction
from decantry.jobs.lake.commits.lock import locked
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.lake.forgotten import forgotten_keys
from decantry.schemas.catalogue import TABLES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.ingest.options import ReadingOptions
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.staging import Staging


def commit(
    lake: Lake,
    staging: Staging,
    rows: DataFrame | None,
    outcomes: Sequence[Outcome],
    reading: ReadingOptions,
    manifest: Manifest,
) -> list[Outcome]:
    """Write the batch's rows to their tables, then the manifest; return the outcomes with duplicates counted.

    Rows of the same files and extractor that an earlier reading (or one that died before its manifest) left are
    replaced in the same commit. Batches end one after the other, whatever crawls they are of: which ids are taken, and
    which rows stale, is looked up at a version of silver/documents, and is looked up again where another batch was
    committed meanwhile. What is forgotten meanwhile is taken out in the same way.
    """
    with locked(lake, ["ingest"], wait=True):
        while True:
            before = forgotten_keys(lake)
            counted = [replace(outcome) for outcome in outcomes]
            try:
                _commit(lake, staging, rows, counted, reading, manifest)
            except Superseded:
                continue
            if not forgotten_keys(lake) - before:
                return counted


def _commit(
    lake: Lake,
    staging: Staging,
    rows: DataFrame | None,
    outcomes: Sequence[Outcome],
    reading: ReadingOptions,
    manifest: Manifest,
) -> None:
    """As `commit`, once. Raises Superseded where another batch was committed first."""
    from pyspark.sql import functions as F

    usable = [outcome for outcome in outcomes if outcome.status != "failed"]
    if rows is not None and usable:
        scope = Scope(lake, usable, reading)
        rows = rows.where(F.col("warc_path").isin([outcome.source.path for outcome in usable]))
        rows = _named_before(scope, staging, rows.withColumn("run_id", F.lit(lake.run_id)))
        rows, forgotten = leave_out(lake, staging, rows)
        _count_as_rejects(usable, forgotten)
        _count_as_rejects(usable, _write_rows(scope, staging, rows))
    _write_manifest(lake, outcomes, reading, manifest)


def _count_as_rejects(outcomes: Sequence[Outcome], counts: Mapping[str, int]) -> None:
    for outcome in outcomes:
        count = counts.get(outcome.source.path, 0)
        outcome.documents -= count
        outcome.rejects += count


def _write_rows(scope: Scope, staging: Staging, rows: DataFrame) -> dict[str, int]:
    """Write the rows to their tables; return how many documents of each file became rejects: their ids are taken."""
    documents, rejects = rows.where("kind = 'document'"), rows.where("kind = 'reject'")
    pages = rows.where("kind = 'page'")
    duplicates = scope.duplicates(documents)
    repeated, ambiguous = _by_file(duplicates)
    if ambiguous:
        documents = _told_apart(scope, staging, documents, staging.write("same_ids", duplicates))
        duplicates = scope.duplicates(documents)
        repeated, _ = _by_file(duplicates)
    if repeated:
        duplicates = staging.write("duplicates", duplicates)
        repeated, _ = _by_file(duplicates)
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

    def write(name: str) -> None:
        found, some = of_table[name]
        scope.write(name, found, empty=not some, make=read or damaged)

    first, *others = scope.tables
    write(first)  # fails where another batch was first
    with ThreadPoolExecutor(len(others)) as pool:
        list(pool.map(write, others))
    return repeated


def _by_file(duplicates: DataFrame) -> tuple[dict[str, int], bool]:
    """The number of duplicates of each file, and whether some of them may be other documents of the same id."""
    from pyspark.sql import functions as F

    counts = duplicates.groupBy("warc_path").agg(F.count("*"), count_of_others()).collect()
    return {path: count for path, count, _ in counts}, any(others for _, _, others in counts)


def _told_apart(scope: Scope, staging: Staging, documents: DataFrame, duplicates: DataFrame) -> DataFrame:
    """The documents, with new ids for those that only share an id with a document of another file."""
    return _renamed(
        scope, documents, staging.write("new_ids", told_apart(documents, duplicates, scope.of_other_files()))
    )


def _named_before(scope: Scope, staging: Staging, rows: DataFrame) -> DataFrame:
    """The rows, those that were told apart when their file was read before by the ids that they got then."""
    there = scope.of_files_told_apart()
    return rows if there is None else _renamed(scope, rows, staging.write("kept_ids", named_before(rows, there)))


def _renamed(scope: Scope, rows: DataFrame, new_ids: DataFrame) -> DataFrame:
    counts = new_ids.select("warc_path", "new_id").distinct().groupBy("warc_path").count().collect()
    scope.note(NOTED, {row["warc_path"]: row["count"] for row in counts})
    return renamed(rows, new_ids)


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


def _write_manifest(lake: Lake, outcomes: Sequence[Outcome], reading: ReadingOptions, manifest: Manifest) -> None:
    """Put the outcomes in the place of the files' rows of the same extractor.

    A file that was read to its end before, and cannot be read now, keeps its row, as it keeps its documents.
    """
    from pyspark.sql import functions as F

    changed = [outcome for outcome in outcomes if not manifest.says(outcome)]
    if not changed:
        return
    table = TABLES["ops/inputs"]
    as_ = Transaction("ingest", lake.state(table.name) + 1)
    predicate = _of_files([outcome.source.path for outcome in changed], reading)
    stale = lake.read(table.name).where(F.expr(predicate)).select("path", "crawl", "left_crawls", "status").collect()
    finished = {row["path"] for row in stale if row["status"] in FINISHED}
    changed = [outcome for outcome in changed if outcome.status != "failed" or outcome.source.path not in finished]
    if not changed:
        return
    paths = [outcome.source.path for outcome in changed]
    predicate = _of_files(paths, reading)
    stale = [row for row in stale if row["path"] in set(paths)]
    for outcome in changed:
        for _, crawl, left, _ in (row for row in stale if row["path"] == outcome.source.path):
            outcome.leave([crawl, *(left or [])])
    values = [outcome.row(reading, lake.run_id) for outcome in changed]
    rows = few_rows(lake.spark, table, [tuple(value[name] for name in table.column_names) for value in values])
    if stale:
        lake.replace(table.name, rows, predicate, as_=as_)
    else:
        lake.append(table.name, rows, as_=as_)


def _of_files(paths: Sequence[str], reading: ReadingOptions) -> str:
    return f"path IN ({literals(paths)}) AND extractor = {literals([reading.extractor_name])}"
