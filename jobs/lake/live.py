"""Which runs of each recipe and crawl are live. The commits of each corpus are folded in the order of its versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

RETENTION = timedelta(days=7)
"""How long old files and unpublished rows stay at least. Readers of old versions and rollbacks need them. A run that
takes longer may not publish."""

REPLACE, AMEND, RESTORE, WITHDRAW, FORGET = "replace", "amend", "restore", "withdraw", "forget"


@dataclass(frozen=True)
class Published:
    """The published state of one crawl of a recipe.

    `runs` are the live runs, oldest first. The last run that judged a document has its verdict. The other fields are
    those of the last corpus commit that changed the crawl.
    """

    recipe: str
    crawl: str
    runs: tuple[str, ...]
    corpus_version: int
    recipe_hash: str
    definition: str | None
    documents_hash: str
    documents_version: int | None
    documents: int
    kept: int
    published_at: datetime


State = dict[str, Published]
"""The published state of one recipe, by crawl."""


def live(rows: Iterable[Mapping[str, Any]], recipe: str | None = None) -> list[Published]:
    """The published state of each recipe and crawl (of one recipe, if given), sorted by both.

    `rows` are those of ops/publications.
    """
    by_recipe: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if recipe in (None, row["recipe"]):
            by_recipe.setdefault(row["recipe"], []).append(row)
    newest = [list(states(mine).values())[-1] for _, mine in sorted(by_recipe.items())]
    return [state[crawl] for state in newest for crawl in sorted(state)]


def of_newest_hash(published: Iterable[Published]) -> list[Published]:
    """The crawls whose hash is that of their recipe's newest publication, in the given order."""
    published = list(published)
    newest = {each.recipe: each.recipe_hash for each in sorted(published, key=lambda each: each.corpus_version)}
    return [each for each in published if each.recipe_hash == newest[each.recipe]]


def number_of(rows: Iterable[Mapping[str, Any]], recipe: str, version: int) -> int:
    """The number of the publication with this version of the recipe's corpus. The first publication is number 1."""
    return len({row["corpus_version"] for row in rows if row["recipe"] == recipe and row["corpus_version"] <= version})


def states(rows: Iterable[Mapping[str, Any]]) -> dict[int, State]:
    """The published state of one recipe after each version of its corpus that changed it, in order.

    `replace` starts a new list of runs for a crawl, and `amend` adds a run to it. `restore` returns all crawls to their
    state at `restored_version`, and `withdraw` returns one crawl to it. `forget` changes only counts.
    """
    by_version: dict[int, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        by_version.setdefault(row["corpus_version"], {})[row["crawl"]] = row
    found: dict[int, State] = {}
    state: State = {}
    for version, commit in sorted(by_version.items()):
        restored = next((row["restored_version"] for row in commit.values() if row["kind"] == RESTORE), None)
        state = dict(state) if restored is None else dict(state_at(found, restored))
        if restored is None:
            changed = {crawl: _after(state.get(crawl), row, found) for crawl, row in commit.items()}
            state = {crawl: now for crawl, now in {**state, **changed}.items() if now is not None}
        found[version] = state
    return found


def state_at(found: Mapping[int, State], version: int) -> State:
    """The state when the corpus had this version; empty before the first publication."""
    return found.get(max((each for each in found if each <= version), default=-1), {})


def _after(before: Published | None, row: Mapping[str, Any], found: Mapping[int, State]) -> Published | None:
    """The published state of the crawl after the commit of the row."""
    if row["kind"] == WITHDRAW:
        return state_at(found, row["restored_version"]).get(row["crawl"])
    names = [each.name for each in fields(Published) if each.name not in ("runs", "definition")]
    values = {name: row[name] for name in names}
    now = Published(runs=(row["run_id"],), definition=row.get("definition"), **values)
    if before is None or row["kind"] == REPLACE:
        return now
    if row["kind"] == FORGET:
        return replace(before, documents=now.documents, kept=now.kept)
    return replace(now, runs=(*before.runs, row["run_id"]))
