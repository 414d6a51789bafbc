"""Chooses a few documents that were kept, or that a rule removed; the same ones each time."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.curate.documents import texts_of
from decantry.jobs.lake.published import current, published_corpus, verdicts_of
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe


@dataclass(frozen=True)
class Sampled:
    """A document, the rule that removed it (None if it was kept), and the measurements that decided."""

    id: str
    url: str | None
    removed_by: str | None
    values: dict[str, float]
    text: str
    """The extracted text; for a kept document, the text in the corpus."""


def sample(lake: Lake, recipe: Recipe, removed_by: str | None, most: int) -> list[Sampled]:
    """At most `most` documents that a step or a rule (`step.rule`) removed; kept documents if `removed_by` is None.

    They are those whose ids have the smallest hashes. Raises UserError if the recipe is not published.
    """
    published = current(lake, recipe.recipe)
    corpus = published_corpus(lake, recipe.recipe)
    if corpus is None:
        raise UserError(f"{recipe.recipe} is not published in {lake.uri}: run `decantry curate {recipe.recipe}` first")
    verdicts = verdicts_of(lake, published)
    if removed_by is None:
        mine = verdicts.where("kept")
    else:
        by = F.col("removed_by")
        mine = verdicts.where((by == removed_by) | (F.substring_index(by, ".", 1) == removed_by))
    found = {row["id"]: row for row in mine.orderBy(F.xxhash64("id"), "id").limit(most).collect()}
    texts = (corpus.where("copy = 0") if removed_by is None else texts_of(lake, recipe)).select("id", "url", "text")
    rows = {row["id"]: row for row in texts.where(F.col("id").isin(*found)).collect()} if found else {}
    return [
        Sampled(id, rows[id]["url"], verdict["removed_by"], dict(verdict["values"] or {}), rows[id]["text"])
        for id, verdict in found.items()
        if id in rows  # a document that was forgotten meanwhile is missing
    ]


def require_rule(recipe: Recipe, removed_by: str) -> None:
    """Raise UserError unless the recipe has the step, or the rule `step.rule`."""
    known = [name for step in recipe.steps for name in (str(step), *(f"{step}.{rule.name}" for rule in step.rules()))]
    if removed_by in known:
        return
    rules = [name for name in known if name.rpartition(".")[2] == removed_by]
    near = rules or difflib.get_close_matches(removed_by[:200], known, n=1)
    question = f"did you mean {near[0]}? " if near else ""
    raise UserError(
        f"{recipe.recipe} has no step or rule {removed_by[:200]}: {question}see `decantry recipes {recipe.recipe}`"
    )
