"""Publish: verdicts and what belongs to them, marked with the run, and then the one commit that makes them count."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as F

from decantry.jobs.curate.corpus_change import CorpusChange, merged
from decantry.jobs.curate.outcome import Outcomes, cluster_rows, cut_rows
from decantry.jobs.lake.commits import Commit, Superseded, Transaction
from decantry.jobs.lake.commits.corpora import metadata, record, rows_of_commit
from decantry.jobs.lake.commits.history import UPKEEP
from decantry.jobs.lake.commits.withdraw import withdraw
from decantry.jobs.lake.forgotten import require_nothing_forgotten
from decantry.jobs.lake.literal import literal
from decantry.jobs.lake.live import AMEND, FORGET, REPLACE, RESTORE, number_of
from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.recipe.dump import dump
from decantry.schemas import clusters, cuts, signals, verdicts

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.checks.parts import Part
    from decantry.jobs.curate.amendment import Amendment
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe

RETENTION = timedelta(days=7)
"""Rows that no publication shows are kept so long (jobs/upkeep): a run that takes longer may not publish."""


def write_rows(
    lake: Lake,
    recipe: Recipe,
    recipe_hash: str,
    judged: Outcomes,
    due: Sequence[str],
    amended: Amendment | None,
    *,
    measure_all: bool,
) -> None:
    """Append the verdicts of the run, and the clusters, cuts and measurements that belong to them.

    Nobody sees them before the run's commit to the corpus.
    """
    is_due = F.col("crawl").isin(*due)
    run = {"recipe": F.lit(recipe.recipe), "recipe_hash": F.lit(recipe_hash), "run_id": F.lit(lake.run_id)}
    fates = judged.rows.where(is_due).select("crawl", "id", "removed_by", "values", "cluster_id", "cluster_size")
    if amended is not None:
        fates = fates.unionByName(amended.verdicts)
    found, cut = cluster_rows(judged), cut_rows(judged)
    frames: dict[str, DataFrame | None] = {
        verdicts.TABLE.name: fates.withColumn("kept", F.col("removed_by").isNull()),
        clusters.TABLE.name: None if found is None else found.where(is_due),
        cuts.TABLE.name: None if cut is None else cut.where(is_due),
    }
    if amended is not None:
        for name, more in ((clusters.TABLE.name, amended.clusters), (cuts.TABLE.name, amended.cuts)):
            frame = frames[name]
            frames[name] = frame if frame is None or more is None else frame.unionByName(more)
    if measure_all:
        measured = judged.rows.drop("values").withColumnRenamed("signals", "values")
        frames[signals.TABLE.name] = measured.select("crawl", "id", "values")

    def append(name: str, frame: DataFrame) -> None:
        lake.append(name, frame.withColumns(run), recipe_hash=recipe_hash)

    with ThreadPoolExecutor(len(frames)) as pool:
        list(pool.map(lambda each: append(*each), [(n, f) for n, f in frames.items() if f is not None]))


def publish(
    lake: Lake,
    recipe: Recipe,
    recipe_hash: str,
    change: CorpusChange,
    parts: Sequence[Part],
    due: Sequence[str],
    *,
    pinned: int,
    forgotten: set[str],
    wide: bool,
    began: datetime,
) -> int:
    """Commit the change to the corpus, and add the commit to ops/publications; return the publication's number.

    `pinned` is the corpus version that the run planned from, `forgotten` what the lake had forgotten then; `wide` says
    that the recipe compares crawls, so that no other commit may lie between. Raises InfrastructureError, and what was
    published stays, where one does, where pages have been forgotten since, and where Delta reports other numbers of
    rows than were staged.
    """
    table = recipe.corpus()
    now = datetime.now(timezone.utc)
    if now - began > RETENTION:
        raise InfrastructureError(
            f"this run began more than {RETENTION.days} days ago and cannot publish: run it again"
        )
    rows = publication_rows(lake, recipe, recipe_hash, parts, due, now)
    crawls = None if wide else {part.crawl for part in parts}
    _require_same(lake, recipe, lake.commits(table.name, pinned), crawls)
    require_nothing_forgotten(lake, forgotten)
    scope = recipe.recipe if wide else f"{recipe.recipe} of {', '.join(sorted(due))}"
    as_ = Transaction(f"publish:{scope}", pinned + 1)
    about = {"recipe_hash": recipe_hash, **metadata(rows)}
    try:
        if change.kind == "merge":
            version = lake.change(table.name, lambda delta: merged(lake, recipe, change, delta), as_=as_, **about)
        elif change.kind == "append":
            version = lake.append(table.name, change.rows, table, as_=as_, **about)
        else:
            listed = ", ".join(literal(crawl) for crawl in due)
            version = lake.replace(table.name, change.rows, f"dump IN ({listed})", table, as_=as_, **about)
    except Superseded:
        raise _another(recipe, lake) from None
    commits = lake.commits(table.name, pinned)
    mine = next(each for each in commits if each.version == version)
    try:
        _require_same(lake, recipe, [each for each in commits if each.version < version], crawls)
        _require_counts(recipe, mine, change)
        require_nothing_forgotten(lake, forgotten)
    except InfrastructureError:
        withdraw(lake, recipe.recipe, version)
        raise
    return number_of(record(lake), recipe.recipe, version)


def publication_rows(
    lake: Lake, recipe: Recipe, recipe_hash: str, parts: Sequence[Part], due: Sequence[str], now: datetime
) -> list[dict[str, Any]]:
    """The rows of ops/publications that the run's commit is to carry, without its version."""
    definition = dump(recipe)
    return [
        {
            "recipe": recipe.recipe,
            "crawl": part.crawl,
            "run_id": lake.run_id,
            "kind": REPLACE if part.crawl in due else AMEND,
            "restored_version": None,
            "recipe_hash": recipe_hash,
            "definition": definition,
            "documents_hash": part.documents_hash,
            "documents_version": part.documents_version,
            "documents": part.documents,
            "kept": part.kept,
            "published_at": now.replace(tzinfo=None),
        }
        for part in parts
    ]


def _require_same(lake: Lake, recipe: Recipe, commits: Sequence[Commit], crawls: set[str] | None) -> None:
    """Raise InfrastructureError where one of the commits changes these crawls (any, where None)."""
    for each in commits:
        touched = rows_of_commit(each)
        if each.operation in UPKEEP and not touched:
            continue
        everything = crawls is None or not touched or any(row["kind"] in (RESTORE, FORGET) for row in touched)
        if everything or {row["crawl"] for row in touched} & (crawls or set()):
            raise _another(recipe, lake)


def _another(recipe: Recipe, lake: Lake) -> InfrastructureError:
    return InfrastructureError(
        f"another run has changed the corpus of {recipe.recipe} in {lake.uri} since this one began: nothing was "
        "published; run it again"
    )


def _require_counts(recipe: Recipe, commit: Commit, change: CorpusChange) -> None:
    """Raise InfrastructureError where Delta counted other rows than were staged."""
    names = ("numTargetRowsInserted", "numTargetRowsUpdated") if change.kind == "merge" else ("numOutputRows",)
    written = sum(commit.metrics.get(name, 0) for name in names)
    deleted = commit.metrics.get("numTargetRowsDeleted", 0) if change.kind == "merge" else change.deleted
    if (written, deleted) != (change.written, change.deleted):
        raise InfrastructureError(
            f"the commit {commit.version} to {recipe.corpus().name} wrote {written} and deleted {deleted} rows, not "
            f"{change.written} and {change.deleted} as staged: it was taken back; run it again"
        )
