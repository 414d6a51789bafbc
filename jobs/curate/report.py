"""The report of a curate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from decantry.jobs.recipe.funnel import FunnelStep, funnel

if TYPE_CHECKING:
    from decantry.jobs.checks.parts import Part
    from decantry.jobs.recipe.model import Recipe


@dataclass(frozen=True)
class CurateReport:
    """What a curate did. `published` has the figures of the crawls that it published.

    `already_done` are the crawls that were published already.
    """

    recipe: Recipe
    recipe_hash: str
    published: tuple[Part, ...]
    already_done: tuple[str, ...]
    seconds: float = 0.0
    publication: int | None = None
    """The number of the new publication; None if nothing was published."""
    uncompared: Mapping[str, int] = field(default_factory=dict)
    """The number of documents that had nothing to compare in a deduplicate step, by the step's name."""
    languages: Mapping[str, Mapping[str | None, int]] = field(default_factory=dict)
    """By language, the number of documents by `removed_by`, in the crawls that were judged.

    Empty if the corpus is not partitioned by language. Crawls that were only amended are not counted.
    """

    @property
    def counts(self) -> dict[str | None, int]:
        """The number of verdicts by `removed_by` (None: kept), over the published crawls."""
        total: dict[str | None, int] = defaultdict(int)
        for part in self.published:
            for name, n in part.counts.items():
                total[name] += n
        return dict(total)

    @property
    def funnel(self) -> list[FunnelStep]:
        """The funnel over the published crawls."""
        return funnel(self.recipe, self.counts)

    @property
    def funnels(self) -> dict[str, list[FunnelStep]]:
        """The funnel of each language, the language with the most documents first."""
        order = sorted(self.languages.items(), key=lambda each: (-sum(each[1].values()), each[0]))
        return {language: funnel(self.recipe, counts) for language, counts in order}
