"""The forget job: remove pages from every table and corpus, and keep them out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.lake.address import is_local
from decantry.jobs.lake.commits import Transaction
from decantry.jobs.lake.commits.corpora import metadata, record
from decantry.jobs.lake.commits.schema import require_fits
from decantry.jobs.lake.forgotten import forgotten, ids_of, stored
from decantry.jobs.lake.live import FORGET, Published
from decantry.jobs.lake.published import current, published_verdicts, verdicts_of
from decantry.jobs.lake.staging import Staging
from decantry.jobs.process.spark import F
from decantry.jobs.process.terminal import counted
from decantry.jobs.upkeep import accounts, alarms, journals
from decantry.jobs.upkeep.requests import require_valid
from decantry.jobs.upkeep.tables import FLOOR_DAYS, tables_of
from decantry.schemas import corpus
from decantry.schemas import forgotten as table
from decantry.schemas.table import struct_type

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.lake.lake import Lake

ID_COLUMNS = ("id", "member", "first_id", "survivor", "cluster")
"""The columns of each table that hold a document's id. A row is removed if one of them has a forgotten id."""
LAST = ("ops/publications", "silver/rejects", "silver/documents")


@dataclass
class ForgetReport:
    """How many rows each table lost, how long old versions keep them, and which recipes lost survivors."""

    removed: dict[str, int] = field(default_factory=dict)
    history_until: datetime | None = None
    survivors: dict[str, int] = field(default_factory=dict)
    """By recipe, how many survivors of clusters were removed. No document of these clusters is in the corpus now."""
    resumed: bool = False
    """Whether an earlier run that died had begun with these requests. The rows that it removed are not counted."""
    unfinished: int = 0
    """How many other requests dead runs have left unfinished."""


@dataclass(frozen=True)
class ForgetPreview:
    """How many documents match the requests, and how many of them are in each recipe's corpus."""

    documents: int
    kept: dict[str, int]


def preview(lake: Lake, requests: Sequence[tuple[str, str]]) -> ForgetPreview:
    """What `forget` would remove. Writes only to the staging area. Raises UserError as `forget` does."""
    require_valid(requests)
    staging = Staging(lake, "forget-preview")
    try:
        keys = _keys(lake, requests, staging)
        ids = staging.write("ids", _ids(lake, keys))
        kept = published_verdicts(lake).where("kept").join(ids, "id", "left_semi").groupBy("recipe").count()
        return ForgetPreview(ids.count(), {row["recipe"]: row["count"] for row in kept.collect()})
    finally:
        staging.remove()


def forget(
    lake: Lake, requests: Sequence[tuple[str, str]], tell: Callable[[str], None] = lambda line: None
) -> ForgetReport:
    """Remove everything that matches the requests (kind and value), and log them in ops/forgotten.

    Each document is replaced by a reject that keeps only its position, so that the counts of its archive still agree.
    Requests are logged first and documents removed last, so running the command again finishes a run that died. Raises
    UserError if a table has an unknown column, because that column could hold something of the pages.
    """
    require_valid(requests)
    require_fits(lake, [*tables_of(lake)])
    report = ForgetReport()
    record(lake)
    report.resumed, report.unfinished = _log(lake, requests)
    staging = Staging(lake, "forget")
    try:
        keys = _keys(lake, requests, staging)
        _remove_all(lake, keys, staging, report, tell)
    finally:
        staging.remove()
    # from now: vacuum counts from the removal in each table, and documents were the last
    report.history_until = datetime.now(timezone.utc).replace(second=0, microsecond=0) + timedelta(
        FLOOR_DAYS, minutes=1
    )
    _log_outcome(lake, report)
    return report


def forget_again(lake: Lake, tell: Callable[[str], None]) -> None:
    """Remove pages and alarms of earlier requests again, in case a run that was under way wrote them afterwards."""
    keys = forgotten(lake)
    if keys is None:
        return
    staging = Staging(lake, "forget-again")
    try:
        keys = staging.write("keys", keys)
        alarms.scrub(lake, keys)
        if not staging.write("found", _ids(lake, keys)).isEmpty():
            _remove_all(lake, keys, staging, ForgetReport(), tell)
    finally:
        staging.remove()


def _keys(lake: Lake, requests: Sequence[tuple[str, str]], staging: Staging) -> DataFrame:
    """The keys of the requests, in the form of ops/forgotten."""
    values = [(f"{kind}:{stored(kind, value)}",) for kind, value in requests]
    return staging.write("keys", lake.spark.createDataFrame(values, "key string").distinct())


def _remove_all(
    lake: Lake, keys: DataFrame, staging: Staging, report: ForgetReport, tell: Callable[[str], None]
) -> None:
    """Remove everything that matches the keys from every table, and count the rows in the report."""
    ids = staging.write("ids", _ids(lake, keys))
    count = ids.count()
    tell(f"forgetting {counted(count, 'document')}")
    report.survivors = _survivors(lake, ids)
    # corpora first: their commits count verdicts, which must still exist
    for recipe in sorted({each.recipe for each in current(lake)}):
        _remove_from_corpus(lake, recipe, ids, report)
    for name in (each.name for each in tables_of(lake) if each.name not in LAST and "ops/" not in each.name):
        _remove(lake, name, ids, report)
    journals.scrub(lake, ids)
    if removed := alarms.scrub(lake, keys):
        report.removed["ops/checks"] = removed
    accounts.scrub_rejects(lake, staging, keys, report.removed)
    accounts.turn_into_rejects(lake, staging, ids)
    _remove(lake, "silver/documents", ids, report)
    accounts.balance_inputs(lake, staging)
    if is_local(lake.root) and (samples := Path(lake.path("ops/data_docs"))).exists():  # pages that failed a check
        shutil.rmtree(samples)


def _remove_from_corpus(lake: Lake, recipe: str, ids: DataFrame, report: ForgetReport) -> None:
    """Delete the documents from the recipe's corpus in one commit, even if the corpus has none of them.

    The commit records that earlier versions may hold them, and what is left of each crawl. If another run publishes
    meanwhile, the commit is prepared again.
    """
    name = corpus.table_name(recipe)
    while True:
        pinned = lake.state(name)
        published = current(lake, recipe)
        rows = lake.read(name).join(ids, "id", "left_semi").count()
        about = metadata(_counted(lake, published, ids))
        transaction = Transaction(f"forget:{lake.run_id}:{recipe}", pinned)
        version = lake.merge(
            name, ids, "t.id = s.id", lambda m: m.whenMatchedDelete(), transaction=transaction, **about
        )
        if rows:
            report.removed[name] = report.removed.get(name, 0) + rows
        if version == pinned + 1:
            break
    record(lake)


def _counted(lake: Lake, published: Sequence[Published], ids: DataFrame) -> list[dict[str, object]]:
    """The rows of ops/publications with the counts of each crawl without the documents."""
    left = verdicts_of(lake, published).join(ids, "id", "left_anti").groupBy("crawl")
    counts = {
        row["crawl"]: row for row in left.agg(F.count("*").alias("n"), F.count_if("kept").alias("kept")).collect()
    }
    at = datetime.now(timezone.utc).replace(tzinfo=None)
    fixed = {"run_id": lake.run_id, "kind": FORGET, "restored_version": None, "published_at": at}
    return [
        {
            **asdict(each),
            **fixed,
            "documents": counts[each.crawl]["n"] if each.crawl in counts else 0,
            "kept": counts[each.crawl]["kept"] if each.crawl in counts else 0,
        }
        for each in published
    ]


def _log(lake: Lake, requests: Sequence[tuple[str, str]]) -> tuple[bool, int]:
    """Log the requests. Returns whether a dead run left some of them, which this run takes over, and how many others
    dead runs left.
    """
    now = datetime.now(timezone.utc)
    rows = sorted({(kind, stored(kind, value)) for kind, value in requests})
    frame = lake.spark.createDataFrame(
        [(kind, value, None, lake.run_id, now, None) for kind, value in rows], struct_type(table.TABLE)
    )
    if not lake.exists(table.TABLE.name):
        lake.append(table.TABLE.name, frame.coalesce(1))
        return False, 0
    begun = {
        (row["kind"], row["value"]) for row in lake.read(table.TABLE.name).where("history_until IS NULL").collect()
    }
    again: dict[str, str | Column] = {name: f"s.{name}" for name in ("run_id", "forgotten_at")}
    lake.merge(
        table.TABLE.name,
        frame.coalesce(1),
        "t.kind = s.kind AND t.value = s.value",
        lambda m: m.whenMatchedUpdate(condition="t.history_until IS NULL", set=again).whenNotMatchedInsertAll(),
    )
    return bool(begun & set(rows)), len(begun - set(rows))


def _log_outcome(lake: Lake, report: ForgetReport) -> None:
    removed = F.create_map(*(F.lit(part) for pair in sorted(report.removed.items()) for part in pair))
    values: dict[str, str | Column] = {
        "removed": removed.cast("map<string,bigint>"),
        "history_until": F.lit(report.history_until),
    }
    mine = F.col("run_id") == lake.run_id
    lake.change(table.TABLE.name, lambda delta: delta.update(mine, values))


def _ids(lake: Lake, keys: DataFrame) -> DataFrame:
    """The ids of all documents that match the keys, in any table of the lake, each once."""
    parts = [ids_of(lake.read(each.name), keys) for each in tables_of(lake) if "id" in each.column_names]
    empty = lake.spark.createDataFrame([], "id string")
    return reduce(lambda a, b: a.unionByName(b), parts, empty).distinct()


def _survivors(lake: Lake, ids: DataFrame) -> dict[str, int]:
    kept = published_verdicts(lake).where("kept AND cluster_size > 1").join(ids, "id", "left_semi")
    return {row["recipe"]: row["count"] for row in kept.groupBy("recipe").count().collect()}


def _remove(lake: Lake, name: str, ids: DataFrame, report: ForgetReport) -> None:
    """Delete the rows with one of the ids. A cluster with such a name is renamed after its smallest other member."""
    if not lake.exists(name):
        return
    for column in (column for column in ID_COLUMNS if column in lake.read(name).columns):
        rows = lake.read(name).join(ids.select(F.col("id").alias(column)), column, "left_semi").count()
        if rows:
            lake.merge(name, ids, f"t.`{column}` = s.id", lambda m: m.whenMatchedDelete())
            report.removed[name] = report.removed.get(name, 0) + rows
    if "cluster_id" in lake.read(name).columns:
        accounts.rename_clusters(lake, name, ids)
