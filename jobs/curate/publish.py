"""Publish: one commit to the corpus, from which on the run's rows count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from decantry.jobs.curate.corpus_change import CorpusChange, merge
from decantry.jobs.curate.incremental import compares_crawls
from decantry.jobs.lake.commits import Commit, Superseded, Transaction
from decantry.jobs.lake.commits.corpora import metadata, record, rows_of_commit
from decantry.jobs.lake.commits.history import UPKEEP
from decantry.jobs.lake.commits.withdraw import withdraw
from decantry.jobs.lake.forgotten import require_nothing_forgotten
from decantry.jobs.lake.live import AMEND, FORGET, REPLACE, RESTORE, RETENTION, number_of
from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.recipe.dump import dump
from decantry.schemas.table import literal

if TYPE_CHECKING:
    from decantry.jobs.checks.parts import Part
    from decantry.jobs.curate.plan import Plan
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe


def publish(planned: Plan, change: CorpusChange, parts: Sequence[Part]) -> int:
    """Commit the change to the corpus, record it in ops/publications, and return the publication's number.

    Raises InfrastructureError, and leaves the corpus as it was published, in three cases: another run has committed to
    the same crawls since the plan (to any crawl, if the recipe compares crawls); pages have been forgotten since; or
    Delta reports other numbers of rows than were staged.
    """
    lake, recipe, pinned = planned.lake, planned.recipe, planned.pinned
    table = recipe.corpus()
    now = datetime.now(timezone.utc)
    if now - planned.began > RETENTION:
        raise InfrastructureError(
            f"this run began more than {RETENTION.days} days ago and can no longer publish: run it again"
        )
    crawls = None if compares_crawls(recipe) else {part.crawl for part in parts}
    _require_no_other_run(lake, recipe, lake.commits(table.name, pinned), crawls)
    require_nothing_forgotten(lake, planned.forgotten)
    try:
        version = _commit(planned, change, publication_rows(planned, parts, now))
    except Superseded:
        raise _superseded(recipe, lake) from None
    commits = lake.commits(table.name, pinned)
    mine = next(each for each in commits if each.version == version)
    try:
        _require_no_other_run(lake, recipe, [each for each in commits if each.version < version], crawls)
        _require_counts(recipe, mine, change)
        require_nothing_forgotten(lake, planned.forgotten)
    except InfrastructureError:
        withdraw(lake, recipe.recipe, version)
        raise
    return number_of(record(lake), recipe.recipe, version)


def _commit(planned: Plan, change: CorpusChange, rows: list[dict[str, Any]]) -> int:
    """Write the change in one commit whose user metadata has `rows`, and return the version."""
    lake, recipe = planned.lake, planned.recipe
    table, due = recipe.corpus(), sorted(planned.crawls)
    scope = recipe.recipe if compares_crawls(recipe) else f"{recipe.recipe} of {', '.join(due)}"
    transaction = Transaction(f"publish:{scope}", planned.pinned + 1)
    about = {"recipe_hash": planned.recipe_hash, **metadata(rows)}
    if change.kind == "merge":
        return merge(lake, recipe, change, transaction, **about)
    if change.kind == "append":
        return lake.append(table.name, change.rows, table, transaction=transaction, **about)
    crawls = ", ".join(literal(crawl) for crawl in planned.crawls)
    return lake.replace(table.name, change.rows, f"dump IN ({crawls})", table, transaction=transaction, **about)


def publication_rows(planned: Plan, parts: Sequence[Part], now: datetime) -> list[dict[str, Any]]:
    """The rows of ops/publications for the run's commit, without its version."""
    definition = dump(planned.recipe)
    return [
        {
            "recipe": planned.recipe.recipe,
            "crawl": part.crawl,
            "run_id": planned.lake.run_id,
            "kind": REPLACE if part.crawl in planned.crawls else AMEND,
            "restored_version": None,
            "recipe_hash": planned.recipe_hash,
            "definition": definition,
            "documents_hash": part.documents_hash,
            "documents_version": part.documents_version,
            "documents": part.documents,
            "kept": part.kept,
            "published_at": now.replace(tzinfo=None),
        }
        for part in parts
    ]


def _require_no_other_run(lake: Lake, recipe: Recipe, commits: Sequence[Commit], crawls: set[str] | None) -> None:
    """Raise InfrastructureError if one of the commits changes these crawls (any crawl if None)."""
    for each in commits:
        touched = rows_of_commit(each)
        if each.operation in UPKEEP and not touched:
            continue
        everything = crawls is None or not touched or any(row["kind"] in (RESTORE, FORGET) for row in touched)
        if everything or {row["crawl"] for row in touched} & (crawls or set()):
            raise _superseded(recipe, lake)


def _superseded(recipe: Recipe, lake: Lake) -> InfrastructureError:
    return InfrastructureError(
        f"another run has changed the corpus of {recipe.recipe} in {lake.uri} since this run began: nothing was "
        "published; run it again"
    )


def _require_counts(recipe: Recipe, commit: Commit, change: CorpusChange) -> None:
    """Raise InfrastructureError if Delta reports other numbers of rows than were staged."""
    names = ("numTargetRowsInserted", "numTargetRowsUpdated") if change.kind == "merge" else ("numOutputRows",)
    written = sum(commit.metrics.get(name, 0) for name in names)
    deleted = commit.metrics.get("numTargetRowsDeleted", 0) if change.kind == "merge" else change.deleted
    if (written, deleted) != (change.written, change.deleted):
        raise InfrastructureError(
            f"the commit {commit.version} to {recipe.corpus().name} wrote {written} and deleted {deleted} rows, but "
            f"{change.written} and {change.deleted} were staged: it was undone; run it again"
        )
