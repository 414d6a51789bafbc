"""The report job: count and sample in the lake everything that a report shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from decantry.jobs.curate.documents import texts_of
from decantry.jobs.explore.report import counts, history
from decantry.jobs.explore.report.against import compared, other_verdicts
from decantry.jobs.explore.report.contents import Contents
from decantry.jobs.explore.report.examine import Frames, examine
from decantry.jobs.explore.report.flow import alarms, flow
from decantry.jobs.lake.published import current, published_corpus, verdicts_of
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F
from decantry.jobs.recipe.load import parse

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe

GROUPS = ("crawl", "language", "domain")
"""The kinds of groups that may raise alarms."""


def gather(
    lake: Lake,
    recipe: Recipe,
    *,
    against: str | None = None,
    tracked: Callable[[], Sequence[Mapping[str, Any]]] = tuple,
    tell: Callable[[str], None] = lambda line: None,
) -> Contents:
    """The contents of the report on the recipe's published corpus.

    The steps and thresholds are those of the publication, even if the recipe has changed since. `tracked` returns runs
    as `tracking.client.runs` does, and is called last. Raises UserError if the corpus, or what it is compared
    `against`, is not published.
    """
    published = current(lake, recipe.recipe)
    corpus = published_corpus(lake, recipe.recipe)
    if corpus is None:
        raise UserError(f"{recipe.recipe} is not published in {lake.uri}: run `decantry curate {recipe.recipe}` first")
    newest = max(published, key=lambda each: each.corpus_version)
    if newest.definition:
        recipe = parse(newest.definition, f"{recipe.recipe} in {lake.uri}")
    other = other_verdicts(lake, recipe.recipe, against) if against else None
    verdicts, texts = verdicts_of(lake, published), texts_of(lake, recipe)
    tell("counting documents by fate, language, domain, year and length")
    facts = counts.facts(texts, verdicts).persist()
    try:
        fates = counts.fates(facts)
        steps = flow(recipe, fates)
        by = counts.losses(facts, ("language", "domain", "year", "crawl"))
        found = {name: counts.shares(lost) for name, lost in by.items()}
        documents = counts.histogram(facts, F.col("characters"), counts.LENGTHS)
        domains = facts.agg(F.approx_count_distinct("domain")).first()
        tell("measuring documents and taking samples")
        names = tuple(share.name for share in found["language"])
        examined = examine(lake, recipe, published, Frames(verdicts, corpus, texts, facts), sum(fates.values()), names)
        sizes = counts.sizes(corpus)
        assert domains is not None
        tell("reading clusters, checks and publications")
        meant = {name: [str(step) for step in recipe.steps if step.kind == "language" == name] for name in GROUPS}
        made = history.published(lake, recipe.recipe)
        return Contents(
            recipe=recipe.recipe,
            title=recipe.title,
            references=tuple(recipe.reference),
            definition=newest.definition or "",
            recipe_hash=newest.recipe_hash,
            publication=made[0].number,
            published_at=newest.published_at,
            lake=lake.uri,
            code=str((lake.about or {}).get("code", "")),
            intake=counts.intake(lake),
            documents=steps[0].seen if steps else sum(each.documents for each in published),
            kept=sum(each.kept for each in published),
            flow=steps,
            tokens=sizes.tokens,
            characters=sizes.characters,
            domains=domains[0],
            languages=found["language"],
            top_domains=found["domain"],
            years=tuple(sorted(found["year"], key=lambda share: share.name)),
            crawls=found["crawl"],
            lengths=(("characters of documents", documents), *sizes.lengths),
            measures=examined.measures,
            measured=examined.measured,
            unmeasured=examined.unmeasured,
            clusters=counts.cluster_sizes(lake, published, texts),
            alarms=tuple(alarm for name in GROUPS for alarm in alarms(name, by[name], steps, meant[name])),
            samples=examined.samples,
            publications=made,
            checks=history.checks(lake, [each.run_id for each in made[: history.RUNS]]),
            paces=history.paces(tracked()),
            comparison=compared(*other, verdicts, texts) if other else None,
        )
    finally:
        facts.unpersist()
