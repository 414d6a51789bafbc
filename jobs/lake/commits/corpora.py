"""The rows of ops/publications, and those that the corpora's commits carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from decantry.jobs.lake.commits.commit import Superseded, Transaction
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.lake.without_spark import commits_of, names_of, rows_of, version_of
from decantry.schemas.corpus import table_name
from decantry.schemas.publications import TABLE

if TYPE_CHECKING:
    from decantry.jobs.lake.commits.history import Commit
    from decantry.jobs.lake.lake import Lake

Row = Mapping[str, Any]
"""A row of ops/publications."""
KEY = "publication"
"""The key under which a corpus commit's user metadata has its rows of ops/publications, without the version."""


def metadata(rows: Iterable[Row]) -> dict[str, object]:
    """The rows in the form for a commit's user metadata, with each recipe definition once."""
    names = [name for name in TABLE.column_names if name not in ("corpus_version", "definition")]
    definitions: list[object] = []
    found = []
    for row in rows:
        if row["definition"] not in definitions:
            definitions.append(row["definition"])
        plain = {name: _plain(row[name]) for name in names}
        found.append({**plain, "definition": definitions.index(row["definition"])})
    return {KEY: found, "definitions": definitions}


def rows_of_commit(commit: Commit) -> list[dict[str, Any]]:
    """The rows of ops/publications that the commit carries; none for a commit that published nothing."""
    definitions = commit.about.get("definitions", [])
    return [
        {
            **row,
            "corpus_version": commit.version,
            "definition": definitions[row["definition"]],
            "published_at": datetime.fromisoformat(row["published_at"]),
        }
        for row in commit.about.get(KEY, [])
    ]


def recorded(lake: Lake) -> list[Row]:
    """All rows of ops/publications, each once, including those that a writer died before adding."""
    rows: list[Row] = [row.asDict() for row in lake.rows(TABLE.name)]
    return _once([*rows, *_missing(rows, lake.names("gold"), lake.version, lake.commits)])


def recorded_without_spark(root: str) -> list[Row]:
    """As `recorded`, without Spark, for a lake that is a folder."""
    rows: list[Row] = list(rows_of(root, TABLE.name))
    return _once([*rows, *_missing(rows, names_of(root, "gold"), partial(version_of, root), partial(commits_of, root))])


def record(lake: Lake) -> list[Row]:
    """Add the rows that are missing in ops/publications, and return all of its rows.

    Each corpus version is a commit, whose transaction id is made of the recipe and that version. If two writers add the
    same rows, Delta skips one of them.
    """
    rows: list[Row] = [row.asDict() for row in lake.rows(TABLE.name)]
    missing = _missing(rows, lake.names("gold"), lake.version, lake.commits)
    by_commit: dict[tuple[str, int], list[list[object]]] = defaultdict(list)
    for row in missing:
        by_commit[row["recipe"], row["corpus_version"]].append([row[name] for name in TABLE.column_names])
    for (recipe, version), values in sorted(by_commit.items()):
        with suppress(Superseded):
            transaction = Transaction(f"publications of {recipe}", version)
            lake.append(TABLE.name, few_rows(lake.spark, TABLE, values), transaction=transaction)
    return _once([*rows, *missing])


def _once(rows: Iterable[Row]) -> list[Row]:
    return list({tuple(row[name] for name in TABLE.key): row for row in rows}.values())


def _missing(
    rows: Sequence[Row],
    corpora: Iterable[str],
    version: Callable[[str], int | None],
    commits: Callable[[str, int], list[Commit]],
) -> list[dict[str, Any]]:
    """The rows in the corpora's histories after the last recorded version of each corpus."""
    last: dict[str, int] = {}
    for row in rows:
        name = table_name(row["recipe"])
        last[name] = max(last.get(name, -1), row["corpus_version"])
    found: list[dict[str, Any]] = []
    for name in (f"gold/{corpus}" for corpus in corpora):
        newest, known = version(name), last.get(name, -1)
        if newest is not None and newest > known:
            found += [row for commit in commits(name, known) for row in rows_of_commit(commit)]
    return found


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
