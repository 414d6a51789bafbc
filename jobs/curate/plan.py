"""What a curate is going to do: the crawls that are due, and the published ones that they are compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from decantry.jobs.curate.documents import CrawlDocuments, readable
from decantry.jobs.curate.emptied import emptied
from decantry.jobs.curate.standing import Standing, can_be_added_to, is_wide, standing_of
from decantry.jobs.lake.commits.corpora import record
from decantry.jobs.lake.forgotten import forgotten_keys
from decantry.jobs.lake.live import Published, live
from decantry.jobs.lake.published import rows_of
from decantry.jobs.lake.staging import Staging
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.hash import recipe_hash
from decantry.schemas.corpus import table_name

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe


@dataclass(frozen=True)
class Plan:
    """What one run of a recipe is going to judge and publish.

    `documents` has the documents of the crawls that are `due`, and may have others; `done` are the crawls that are
    published already; `standing` the published crawls that the due ones are compared with, None where there are none.
    `published` has the recipe's publications by crawl. `pinned` is the version of the corpus, and `forgotten` are the
    pages, at the time of planning; `began` is that time. With `measure_all`, every measurement is kept.
    """

    lake: Lake
    recipe: Recipe
    recipe_hash: str
    documents: DataFrame
    due: tuple[CrawlDocuments, ...]
    done: tuple[str, ...]
    standing: Standing | None
    published: Mapping[str, Published]
    pinned: int
    forgotten: set[str]
    began: datetime
    measure_all: bool

    @property
    def crawls(self) -> list[str]:
        """The names of the crawls that are due."""
        return [each.crawl for each in self.due]

    @property
    def staging(self) -> Staging:
        """Where the run stages its frames."""
        return Staging(self.lake, self.recipe.recipe)


def plan(
    lake: Lake,
    recipe: Recipe,
    crawls: Sequence[str],
    *,
    rebuild: bool,
    measure_all: bool,
    tell: Callable[[str], None],
) -> Plan:
    """The plan to publish what is not published yet of the documents of `crawls`.

    Raises UserError when there is nothing to read, and where what is published cannot be added to or replaced.
    """
    began = datetime.now(timezone.utc)
    hash_ = recipe_hash(recipe)
    forgotten = forgotten_keys(lake)
    pinned = lake.state(recipe.corpus().name)
    everything = live(record(lake))
    _require_own_table(recipe, everything)
    published = {each.crawl: each for each in everything if each.recipe == recipe.recipe}
    documents, found = readable(lake, recipe, crawls, tell, some=not published)
    found += emptied(lake, recipe, crawls, found, published, rebuild=rebuild)
    if not found:
        readable(lake, recipe, crawls)  # raises, and says what is missing
    unmeasured = _unmeasured(lake, published) if measure_all else set()
    due = [
        each
        for each in found
        if not _is_done(recipe, hash_, each, published.get(each.crawl), rebuild)
        or (each.count and each.crawl in unmeasured)
    ]
    done = tuple(each.crawl for each in found if each not in due)
    standing = None
    others = [each for crawl, each in published.items() if crawl not in {each.crawl for each in due}]
    if due and others and is_wide(recipe):
        _require_same_hash(recipe, hash_, others)
        standing = standing_of(lake, recipe, hash_, others)
        if not can_be_added_to(recipe) or not standing.complete():
            tell(f"judging all crawls again: {recipe.recipe} compares them in a way that cannot be added to")
            documents, due = readable(lake, recipe, [*(each.crawl for each in due), *standing.crawls])
            due += emptied(lake, recipe, crawls, due, published, rebuild=rebuild)
            _require_all(recipe, standing.crawls, due)
            standing = None
    return Plan(
        lake=lake,
        recipe=recipe,
        recipe_hash=hash_,
        documents=documents,
        due=tuple(due),
        done=done,
        standing=standing,
        published=published,
        pinned=pinned,
        forgotten=forgotten,
        began=began,
        measure_all=measure_all,
    )


def _require_own_table(recipe: Recipe, publications: Sequence[Published]) -> None:
    """Raise UserError where another recipe's corpus has the table that this one's would have."""
    for name in sorted({each.recipe for each in publications} - {recipe.recipe}):
        if table_name(name) == recipe.corpus().name:
            raise UserError(f"{recipe.recipe} would publish into the table of {name}: call the recipe something else")


def _require_all(recipe: Recipe, published: Sequence[str], due: Sequence[CrawlDocuments]) -> None:
    """Raise UserError where a crawl that was published has no texts any more, and cannot be judged with the others."""
    for crawl in sorted({*published} - {each.crawl for each in due}):
        raise UserError(
            f"{recipe.recipe} must judge all its crawls again, and the lake has no texts of {crawl} any more: "
            "ingest it again, or call the recipe something else and curate the crawls that there are"
        )


def _require_same_hash(recipe: Recipe, recipe_hash: str, others: Sequence[Published]) -> None:
    for each in others:
        if each.recipe_hash != recipe_hash:
            raise UserError(
                f"{recipe.recipe} compares crawls with one another, and {each.crawl} was published under the hash "
                f"{each.recipe_hash}, not {recipe_hash}: run again with --rebuild for all crawls"
            )


def _unmeasured(lake: Lake, published: Mapping[str, Published]) -> set[str]:
    """The published crawls of which the last run that published them kept no measurements."""
    found = rows_of(lake, "silver/signals", list(published.values()))
    kept = {(row["crawl"], row["run_id"]) for row in found.select("crawl", "run_id").distinct().collect()}
    return {crawl for crawl, each in published.items() if (crawl, each.runs[-1]) not in kept}


def _is_done(
    recipe: Recipe, recipe_hash: str, crawl: CrawlDocuments, published: Published | None, rebuild: bool
) -> bool:
    """Whether the crawl's publication is by this hash and of these documents."""
    if published is None:
        return False
    if published.recipe_hash == recipe_hash:
        return published.documents_hash == crawl.hash
    if not rebuild:
        raise UserError(
            f"{recipe.recipe} was published for {crawl.crawl} under the hash {published.recipe_hash} and is now "
            f"{recipe_hash}: run again with --rebuild to replace it"
        )
    return False
