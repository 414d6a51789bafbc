"""The publications of a recipe, including past ones, with names like `fineweb@3`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from decantry.jobs.lake.commits.corpora import recorded
from decantry.jobs.lake.live import FORGET, State, states
from decantry.jobs.process.errors import UserError

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake

_NAME = re.compile(r"(?:(?P<recipe>[a-z][a-z0-9_-]*)@)?(?P<number>\d{1,18})")


@dataclass(frozen=True)
class Publication:
    """What readers saw of a recipe from one commit of its corpus to the next. `number` counts from 1."""

    recipe: str
    number: int
    version: int
    kind: str
    at: datetime
    crawls: State

    @property
    def name(self) -> str:
        """The name for `decantry rollback --to`."""
        return f"{self.recipe}@{self.number}"

    @property
    def kept(self) -> int:
        """The number of documents in the corpus."""
        return sum(each.kept for each in self.crawls.values())


def publications(lake: Lake, recipe: str) -> list[Publication]:
    """The recipe's publications, the current one first."""
    rows: list[Mapping[str, Any]] = [row for row in recorded(lake) if row["recipe"] == recipe]
    newest = {row["corpus_version"]: row for row in rows}
    found = [
        Publication(recipe, number, version, newest[version]["kind"], newest[version]["published_at"], state)
        for number, (version, state) in enumerate(states(rows).items(), 1)
    ]
    return found[::-1]


def named(found: Sequence[Publication], recipe: str, name: str) -> Publication:
    """The publication with this name. Raises UserError with the existing names if there is none."""
    match = _NAME.fullmatch(name.strip())
    if match is not None and (match["recipe"] or recipe) == recipe:
        for each in found:
            if each.number == int(match["number"]):
                return each
    names = ", ".join(each.name for each in found) or "none"
    raise UserError(f"{recipe} has no publication {name}; there are: {names}")


def forgotten_since(found: Sequence[Publication], chosen: Publication) -> Publication | None:
    """The first publication after the chosen one that forgot pages; None if there is none."""
    later = [each for each in found if each.number > chosen.number and each.kind == FORGET]
    return min(later, key=lambda each: each.number, default=None)
