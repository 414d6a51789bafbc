"""Refuse a publication that would lose most of a corpus, because that is usually a mistake in the recipe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from decantry.jobs.process.errors import CheckFailed

if TYPE_CHECKING:
    from decantry.jobs.checks.parts import Part
    from decantry.jobs.lake.live import Published

LEAST_SHARE = 0.5
"""A crawl that is judged again must keep at least this share of what it kept before."""


def require_no_loss(recipe: str, recipe_hash: str, parts: Sequence[Part], published: Sequence[Published]) -> None:
    """Raise CheckFailed if the corpus would have no documents, or a crawl far fewer than are published now.

    `parts` are the figures that the run is about to publish. If a crawl has fewer documents, as after `forget`, it may
    keep fewer. A crawl that only loses duplicates to a new crawl is not checked: recipe and documents are the same.
    """
    now = {part.crawl: part for part in parts}
    untouched = sum(each.kept for each in published if each.crawl not in now)
    documents = sum(part.documents for part in parts)
    if documents and not untouched and not any(part.kept for part in parts):
        raise CheckFailed(f"{recipe} keeps none of {documents:,} documents, so nothing was published: {_WHAT_TO_DO}")
    for each in published:
        part = now.get(each.crawl)
        if part is None or (each.recipe_hash, each.documents_hash) == (recipe_hash, part.documents_hash):
            continue
        least = LEAST_SHARE * each.kept * min(1.0, part.documents / each.documents if each.documents else 0.0)
        if part.kept < least:
            raise CheckFailed(
                f"{recipe} keeps {part.kept:,} of {part.documents:,} documents of {each.crawl}, where {each.kept:,} of "
                f"{each.documents:,} are published, so nothing was published: {_WHAT_TO_DO}"
            )


_WHAT_TO_DO = "look for a mistake in its labels, languages and bounds, or publish it all the same with --allow-loss"
