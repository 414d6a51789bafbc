"""Write a batch's staged rows to the tables: resolve duplicate ids, replace stale rows, write the manifest last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from decantry.jobs.ingest.forgotten import leave_out
from decantry.jobs.ingest.manifest import FINISHED, Outcome, between
from decantry.jobs.ingest.native_text import BLOCKS, blocks_of
from decantry.jobs.ingest.same_ids import NOTE, earlier_ids, is_ambiguous, new_ids, renamed
from decantry.jobs.ingest.scope import Scope, literals
from decantry.jobs.lake.commits import Superseded, Transaction
from decantry.jobs.lake.commits.lock import locked
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.lake.forgotten import FORGOTTEN, forgotten_keys
from decantry.jobs.process.spark import F
from decantry.schemas.catalogue import TABLES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, Row

    from decantry.jobs.ingest.options import ReadingOptions
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.staging import Staging

REPEATED = "duplicate_id"
"""The reason of a reject whose id another document has."""


def commit(
    lake: Lake,
    staging: Staging,
    rows: DataFrame | None,
    outcomes: Sequence[Outcome],
    reading: ReadingOptions,
) -> list[Outcome]:
    """Write the batch's rows to their tables, then the manifest; return the outcomes with duplicates counted.

    Rows of the same files and extractor from an earlier reading, finished or not, are replaced in the same commit.
    Batches are committed one after the other, whatever their crawls: used ids and stale rows are looked up at one
    version of silver/documents, and if another batch has committed since, the lookup is repeated. The same happens if
    pages were forgotten since.
    """
    with locked(lake, ["ingest"], wait=True):
        while True:
            before = forgotten_keys(lake)
            counted = [replace(outcome) for outcome in outcomes]
            try:
                _commit(lake, staging, rows, counted, reading)
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
) -> None:
    """As `commit`, once. Raises Superseded where another batch was committed first."""
    usable = [outcome for outcome in outcomes if outcome.status != "failed"]
    if rows is not None and usable:
        scope = Scope(lake, usable, reading)
        rows = rows.where(F.col("warc_path").isin([outcome.source.path for outcome in usable]))
        rows = _with_earlier_ids(scope, staging, rows.withColumn("run_id", F.lit(lake.run_id)))
        rows, forgotten = leave_out(lake, staging, rows)
        _count_as_rejects(usable, forgotten, FORGOTTEN[1])
        repeated = _write_rows(scope, staging, rows)
        _count_as_rejects(usable, repeated, REPEATED)
        _refuse_repeated(outcome for outcome in usable if outcome.source.path in repeated)
    _write_manifest(lake, outcomes, reading)


def _count_as_rejects(outcomes: Sequence[Outcome], counts: Mapping[str, int], reason: str) -> None:
    for outcome in outcomes:
        if count := counts.get(outcome.source.path, 0):
            outcome.reject(count, reason)


def _refuse_repeated(outcomes: Iterable[Outcome]) -> None:
    """Make those files empty whose documents are all repeated."""
    for outcome in outcomes:
        if REPEATED in outcome.reasons and FORGOTTEN[1] not in outcome.reasons and not outcome.documents:
            alone = outcome.reasons.keys() == {REPEATED}
            option = "; if they are other pages, use --columns id=" if outcome.of_rows else ""
            outcome.make_empty(f", because others have their ids{option}" if alone else "")


def _write_rows(scope: Scope, staging: Staging, rows: DataFrame) -> dict[str, int]:
    """Write the rows to their tables. Documents with a used id become rejects; return their number for each file."""
    documents, rejects = rows.where("kind = 'document'"), rows.where("kind = 'reject'")
    pages = rows.where("kind = 'page'")
    duplicates = scope.duplicates(documents)
    repeated, ambiguous = _by_file(duplicates)
    if ambiguous:
        documents = _with_new_ids(scope, staging, documents, staging.write("same_ids", duplicates))
        duplicates = scope.duplicates(documents)
        repeated, _ = _by_file(duplicates)
    if repeated:
        duplicates = staging.write("duplicates", duplicates)
        repeated, _ = _by_file(duplicates)
        locations = duplicates.select("warc_path", "warc_offset")
        rejects = rejects.unionByName(_rejected(documents, duplicates))
        documents = documents.join(locations, ["warc_path", "warc_offset"], "left_anti")
        pages = pages.join(locations, ["warc_path", "warc_offset"], "left_anti")
    read, damaged = scope.has_rows(repeated)
    of_table = {
        "silver/documents": (documents, read),
        "silver/rejects": (rejects, damaged),
        "bronze/pages": (pages, read),
    }
    if "silver/blocks" in scope.tables:
        of_table["silver/blocks"] = (blocks_of(documents), read and BLOCKS in documents.columns)

    def write(name: str) -> None:
        found, any_rows = of_table[name]
        scope.write(name, found, empty=not any_rows, create=read or damaged)

    first, *others = scope.tables
    write(first)  # raises Superseded if another batch was first
    with ThreadPoolExecutor(len(others)) as pool:
        list(pool.map(write, others))
    return repeated


def _by_file(duplicates: DataFrame) -> tuple[dict[str, int], bool]:
    """The number of duplicates in each file, and whether any may be a different document with the same id."""
    counts = duplicates.groupBy("warc_path").agg(F.count("*"), F.count_if(is_ambiguous())).collect()
    return {path: count for path, count, _ in counts}, any(ambiguous for _, _, ambiguous in counts)


def _with_new_ids(scope: Scope, staging: Staging, documents: DataFrame, duplicates: DataFrame) -> DataFrame:
    """The documents, with new ids for those that share an id with a different document of another file."""
    found = new_ids(documents, duplicates, scope.documents_of_other_files())
    return _renamed(scope, documents, staging.write("new_ids", found))


def _with_earlier_ids(scope: Scope, staging: Staging, rows: DataFrame) -> DataFrame:
    """The rows, with the new ids that they got when their file was read before."""
    earlier = scope.documents_with_new_ids()
    return rows if earlier is None else _renamed(scope, rows, staging.write("kept_ids", earlier_ids(rows, earlier)))


def _renamed(scope: Scope, rows: DataFrame, ids: DataFrame) -> DataFrame:
    """The rows with the new ids, whose number is noted for each file."""
    counts = ids.select("warc_path", "new_id").distinct().groupBy("warc_path").count().collect()
    scope.note(NOTE, {row["warc_path"]: row["count"] for row in counts})
    return renamed(rows, ids)


def _rejected(documents: DataFrame, duplicates: DataFrame) -> DataFrame:
    """The documents whose id is already used, as rejects."""
    first = F.concat(F.lit("the first is at "), F.col("first.warc_path"), F.lit(" "), F.col("first.warc_offset"))
    locations = duplicates.select("warc_path", "warc_offset", first.alias("why"))
    return (
        documents.join(locations, ["warc_path", "warc_offset"])
        .withColumns(
            {
                "kind": F.lit("reject"),
                "stage": F.lit("decode"),
                "reason": F.lit(REPEATED),
                "detail": F.col("why"),
                "length": F.col("warc_length"),
            }
        )
        .select(*documents.columns)
    )


def _write_manifest(lake: Lake, outcomes: Sequence[Outcome], reading: ReadingOptions) -> None:
    """Replace the files' rows of the same extractor by the outcomes.

    A file that cannot be read keeps its row and its documents if it was read to its end before, or if it failed in the
    same way.
    """
    table = TABLES["ops/inputs"]
    transaction = Transaction("ingest", lake.state(table.name) + 1)
    stale = _lines(lake, [outcome.source.path for outcome in outcomes], reading)
    finished = {row["path"] for row in stale if row["status"] in FINISHED}
    failed = {(row["path"], row["ingest_hash"], row["error"]) for row in stale if row["status"] == "failed"}
    changed = [
        outcome
        for outcome in outcomes
        if outcome.status != "failed"
        or not (outcome.source.path in finished or (outcome.source.path, reading.ingest_hash, outcome.error) in failed)
    ]
    if not changed:
        return
    paths = [outcome.source.path for outcome in changed]
    stale = [row for row in stale if row["path"] in set(paths)]
    for outcome in changed:
        for row in (row for row in stale if row["path"] == outcome.source.path):
            outcome.leave([row["crawl"], *(row["left_crawls"] or [])])
    values = [outcome.row(reading, lake.run_id) for outcome in changed]
    rows = few_rows(lake.spark, table, [tuple(value[name] for name in table.column_names) for value in values])
    if stale:
        predicate = f"path IN ({literals(paths)}) AND extractor = {literals([reading.extractor_name])}"
        lake.replace(table.name, rows, predicate, transaction=transaction)
    else:
        lake.append(table.name, rows, transaction=transaction)


def _lines(lake: Lake, paths: Sequence[str], reading: ReadingOptions) -> list[Row]:
    """The rows of the manifest for these files and the same extractor."""
    columns = ["path", "extractor", "ingest_hash", "crawl", "left_crawls", "status", "error"]
    found = lake.rows("ops/inputs", between(paths), columns)
    wanted = {*paths}
    return [row for row in found if row["path"] in wanted and row["extractor"] == reading.extractor_name]
