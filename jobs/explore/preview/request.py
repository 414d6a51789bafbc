"""What a preview compares: the recipe as it was published, and changes of its thresholds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from decantry.jobs.lake.live import live, number_of, of_newest_hash
from decantry.jobs.process.errors import UserError

if TYPE_CHECKING:
    from decantry.jobs.explore.preview.change import Change
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe


@dataclass(frozen=True)
class Request:
    """The recipe as it was last published, the crawls that were published with its hash, and the changes.

    `publication` is the number of the last publication. `left_out` are the crawls with another hash.
    """

    recipe: Recipe
    published: Sequence[Published]
    publication: int
    left_out: Sequence[str]
    changes: Sequence[Change]

    @property
    def counts_tokens(self) -> bool:
        """Whether the recipe counts tokens."""
        return any(step.kind == "count_tokens" for step in self.recipe.steps)


def request_of(
    rows: Sequence[Mapping[str, Any]],
    recipe: Recipe,
    uri: str,
    parse: Callable[[str, str], Recipe],
    changes_of: Callable[[Recipe], Sequence[Change]],
) -> Request:
    """The request for the lake at `uri`. `rows` are its publications.

    `parse` reads the recipe as it was published, and `changes_of` returns the changes for it. Raises UserError if the
    recipe is not published.
    """
    published = live(rows, recipe.recipe)
    if not published:
        raise UserError(
            f"{recipe.recipe} is not published in {uri}, so there is nothing to compare with: "
            f"run `decantry curate {recipe.recipe} --lake {uri} --measure-all` first"
        )
    newest = max(published, key=lambda each: each.corpus_version)
    if newest.definition:
        recipe = parse(newest.definition, f"{recipe.recipe} in {uri}")
    return Request(
        recipe=recipe,
        published=of_newest_hash(published),
        publication=number_of(rows, recipe.recipe, newest.corpus_version),
        left_out=[each.crawl for each in published if each.recipe_hash != newest.recipe_hash],
        changes=changes_of(recipe),
    )
