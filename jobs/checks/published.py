"""The checks of a publication, evaluated again on the tables that readers see."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from decantry.jobs.checks.alarm import CRAWL, Watched, losses_of_crawls
from decantry.jobs.checks.gate import gate
from decantry.jobs.checks.judgement import Judgement
from decantry.jobs.checks.parts import corpus_counts, parts
from decantry.jobs.lake.published import current, published_corpus, verdicts_of
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F
from decantry.jobs.recipe.hash import recipe_hash

if TYPE_CHECKING:
    from decantry.jobs.checks.expectation import CheckResult
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe


def check(lake: Lake, recipe: Recipe, tell: Callable[[str], None] = lambda line: None) -> list[CheckResult]:
    """The results, written into ops/checks. Raises UserError if nothing is published, CheckFailed as `gate` does."""
    publications = current(lake, recipe.recipe)
    corpus = published_corpus(lake, recipe.recipe)
    if corpus is None:
        raise UserError(f"{recipe.recipe} is not published in {lake.uri}: run `decantry curate {recipe.recipe}`")
    _tell_other_versions(recipe, publications, tell)
    rows = corpus_counts(corpus)
    documents, repeated = ({row["dump"]: int(row[name]) for row in rows} for name in ("documents", "repeated"))
    found = parts([], publications, verdicts_of(lake, publications), documents, repeated)
    shown = tuple(part for part in found if part.documents)
    outcomes = corpus.withColumn("removed_by", F.lit(None).cast("string"))
    watched = Watched((CRAWL,), tuple(losses_of_crawls(recipe, shown)))
    judgement = Judgement(recipe, publications[0].recipe_hash, shown, outcomes, watched)
    return gate(lake, judgement, tell, published=True)


def _tell_other_versions(recipe: Recipe, publications: list[Published], tell: Callable[[str], None]) -> None:
    """Say which crawls were published by another version of the recipe than the one whose checks are evaluated."""
    try:
        current_hash = recipe_hash(recipe)
    except UserError as error:
        tell(f"cannot find out whether {recipe.recipe} has changed since it was published: {error}")
        return
    others = [each.crawl for each in publications if each.recipe_hash != current_hash]
    if others:
        named = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
        tell(f"{recipe.recipe} was published by another version of the recipe or of Decantry for {named}")
