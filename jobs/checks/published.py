"""The checks of a publication, tried again on the tables as readers see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from pyspark.sql import Row
from pyspark.sql import functions as F

from decantry.jobs.checks.expectation import CheckResult
from decantry.jobs.checks.gate import gate
from decantry.jobs.curate.job import Judgement
from decantry.jobs.curate.parts import Part
from decantry.jobs.errors import UserError
from decantry.jobs.lake import Lake
from decantry.jobs.published import current, published_corpus, published_verdicts
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.recipe.model import Recipe


def check(lake: Lake, recipe: Recipe, tell: Callable[[str], None] = lambda line: None) -> list[CheckResult]:
    """The results, written into ops/checks. Raises UserError where nothing is published, CheckFailed as `gate` does."""
    publications = current(lake, recipe.recipe)
    corpus = published_corpus(lake, recipe.recipe)
    if corpus is None:
        raise UserError(f"{recipe.recipe} is not published in {lake.uri}: run `decantry curate {recipe.recipe}`")
    _tell_other_forms(recipe, publications, tell)
    verdicts = published_verdicts(lake).where(F.col("recipe") == recipe.recipe)
    counts: dict[str, dict[str | None, int]] = defaultdict(dict)
    for crawl, removed_by, n in verdicts.groupBy("crawl", "removed_by").count().collect():
        counts[crawl][removed_by] = n
    # where documents are repeated, verdicts promise each of those kept at least once
    repeats = any(step.multiplies for step in recipe.steps)
    held = F.count_distinct("id") if repeats else F.count("*")
    rows = {row["dump"]: int(row["n"]) for row in corpus.groupBy("dump").agg(held.alias("n")).collect()}
    parts = tuple(
        Part(
            crawl=row["crawl"],
            documents=row["documents"],
            documents_hash=row["documents_hash"],
            documents_version=row["documents_version"],
            counts=counts[row["crawl"]],
            kept_rows=counts[row["crawl"]].get(None, 0),
            corpus_rows=rows.get(row["crawl"], 0),
        )
        for row in publications
        if row["documents"]
    )
    outcomes = corpus.withColumn("removed_by", F.lit(None).cast("string"))
    return gate(lake, Judgement(recipe, publications[0]["recipe_hash"], parts, outcomes), tell, published=True)


def _tell_other_forms(recipe: Recipe, publications: list[Row], tell: Callable[[str], None]) -> None:
    """Say which crawls were published by another form of the recipe than the one whose checks are tried."""
    try:
        form = recipe_hash(recipe)
    except UserError as error:
        tell(f"whether {recipe.recipe} is still the recipe that was published is not known: {error}")
        return
    others = [str(row["crawl"]) for row in publications if row["recipe_hash"] != form]
    if others:
        named = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
        tell(f"{recipe.recipe} was published by another form of the recipe or of Decantry for {named}")
