"""The publications of a recipe, past ones included, under names that a person can copy: `fineweb@3`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import functions as F

from decantry.jobs.errors import UserError
from decantry.jobs.lake import Lake

UNREADABLE = (PySparkException, Py4JJavaError)
"""What Spark raises for a version whose files are gone: as its own while it plans, as Java's while it reads."""
REMEMBERED = 50
"""So many of a recipe's newest publications are told."""
UPKEEP = ("OPTIMIZE", "VACUUM START", "VACUUM END", "SET TBLPROPERTIES", "UPGRADE PROTOCOL", "REORG")
"""Operations that leave a table's rows as they are."""
_NAME = re.compile(r"(?:(?P<recipe>[a-z][a-z0-9_-]*)@)?(?P<version>\d{1,18})")


@dataclass(frozen=True)
class Publication:
    """What readers saw of a recipe from one publish to the next: the rows of ops/publications, one a crawl.

    `version` is that of ops/publications that brought it, `newest` the newest that has it, since upkeep lets a
    publication name newer versions of its tables.
    """

    recipe: str
    version: int
    newest: int
    rows: tuple[dict[str, Any], ...]

    @property
    def name(self) -> str:
        """The name to give to `decantry rollback --to`."""
        return name_of(self.recipe, self.version)

    @property
    def at(self) -> datetime:
        """When its newest crawl was published."""
        newest: datetime = max(row["published_at"] for row in self.rows)
        return newest


def name_of(recipe: str, version: int) -> str:
    """The name of the publication that a version of ops/publications brought."""
    return f"{recipe}@{version}"


def publications(lake: Lake, recipe: str) -> list[Publication]:
    """The recipe's publications, the current one first, as far back as old versions are there."""
    found: dict[tuple[Any, ...], Publication] = {}
    order: list[tuple[Any, ...]] = []
    for version, newest_alike in _versions(lake):
        if len(order) > REMEMBERED:
            break
        try:
            rows = lake.read_version("ops/publications", newest_alike).where(F.col("recipe") == recipe).collect()
        except UNREADABLE:  # vacuumed
            break
        told = tuple(sorted((row.asDict() for row in rows), key=lambda row: (row["crawl"], row["published_at"])))
        identity = tuple((row["crawl"], row["recipe_hash"], row["run_id"], row["published_at"]) for row in told)
        if not told:
            continue
        if identity not in found:
            order.append(identity)
        newest = found[identity] if identity in found else Publication(recipe, version, newest_alike, told)
        found[identity] = Publication(recipe, version, newest.newest, newest.rows)
    return [found[identity] for identity in order[:REMEMBERED]]


def named(found: Sequence[Publication], recipe: str, name: str) -> Publication:
    """The publication of that name. Raises UserError, naming those that there are."""
    match = _NAME.fullmatch(name.strip())
    if match is not None and (match["recipe"] or recipe) == recipe:
        version = int(match["version"])
        for each in found:
            if each.version == version:
                return each
    there = ", ".join(each.name for each in found) or "none"
    raise UserError(f"{recipe} has no publication {name} that can be gone back to; there are: {there}")


def _versions(lake: Lake) -> list[tuple[int, int]]:
    """The versions that brought other rows, newest first, each with the newest that has the same rows."""
    if not lake.exists("ops/publications"):
        return []
    found: list[tuple[int, int]] = []
    alike = None
    history = sorted(lake.delta("ops/publications").history().select("version", "operation").collect(), reverse=True)
    oldest = history[-1]["version"]
    for version, operation in history:
        alike = version if alike is None else alike
        if operation not in UPKEEP or version == oldest:
            found.append((version, alike))
            alike = None
    return found
