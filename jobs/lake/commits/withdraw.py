"""Undo one commit to a corpus and keep what other runs have committed after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from decantry.jobs.lake.commits.corpora import metadata, record
from decantry.jobs.lake.commits.schema import existing_corpus
from decantry.jobs.lake.forgotten import forgotten, ids_of
from decantry.jobs.lake.live import WITHDRAW, State, state_at, states
from decantry.jobs.process.spark import F
from decantry.schemas import corpus
from decantry.schemas.table import literal

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake


def withdraw(lake: Lake, recipe: str, version: int) -> None:
    """Restore the crawls that the commit `version` changed to their rows before it, in one commit.

    Other crawls keep what was committed after it. Pages that were forgotten since do not come back.
    """
    found = states(row for row in record(lake) if row["recipe"] == recipe)
    now, then = state_at(found, version), state_at(found, version - 1)
    crawls = sorted(crawl for crawl in {*now, *then} if now.get(crawl) != then.get(crawl))
    name = corpus.table_name(recipe)
    current = lake.read(name)
    rows = lake.read_version(name, version - 1).where(F.col("dump").isin(crawls))
    rows = rows.unionByName(current.where("false"), allowMissingColumns=True)
    if (keys := forgotten(lake)) is not None:
        rows = rows.join(ids_of(rows, keys), "id", "left_anti")
    publication = rows_back(lake.run_id, WITHDRAW, version - 1, crawls, now, then)
    where = f"dump IN ({', '.join(map(literal, crawls))})"
    lake.replace(name, rows, where, existing_corpus(lake, recipe), transaction=None, **metadata(publication))
    record(lake)


def rows_back(
    run_id: str, kind: str, version: int, crawls: Iterable[str], now: State, then: State
) -> list[dict[str, object]]:
    """The rows of ops/publications for a commit that takes crawls from their current state back to `version`."""
    fixed = {"run_id": run_id, "kind": kind, "restored_version": version}
    published_at = datetime.now(timezone.utc).replace(tzinfo=None)
    nothing = {"documents": 0, "kept": 0}
    return [
        {**asdict(then.get(crawl) or now[crawl]), **fixed, "published_at": published_at}
        | ({} if crawl in then else nothing)
        for crawl in crawls
    ]
