"""Plan a run: which crawls are due, and which published crawls they are compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from decantry.jobs.curate.documents import CrawlDocuments, readable
from decantry.jobs.curate.emptied import emptied
from decantry.jobs.curate.existing import Existing, existing_crawls
from decantry.jobs.curate.incremental import compares_crawls, is_incremental
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
    """What one run of a recipe judges and publishes.

    `due` are the crawls to judge. `documents` has their documents, and may have others. `done` are the crawls that are
    published already. `existing` are the published crawls that the due ones are compared with, if any. `published` is
    what is published of the recipe, by crawl. `began` is the time of planning. `pinned` is the version of the corpus at
    that time, and `forgotten` are the requests to forget. With `measure_all`, every measurement is kept.
    """

    lake: Lake
    recipe: Recipe
    recipe_hash: str
    documents: DataFrame
    due: tuple[CrawlDocuments, ...]
    done: tuple[str, ...]
    existing: Existing | None
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
    warn: Callable[[str], None],
) -> Plan:
    """The plan for the crawls among `crawls` whose documents are not published yet.

    Raises UserError if there are no documents, or if the run can neither add to what is published nor replace it.
    """
    began = datetime.now(timezone.utc)
    hash_ = recipe_hash(recipe)
    forgotten = forgotten_keys(lake)
    pinned = lake.state(recipe.corpus().name)
    everything = live(record(lake))
    _require_own_table(recipe, everything)
    published = {each.crawl: each for each in everything if each.recipe == recipe.recipe}
    documents, found = readable(lake, recipe, crawls, warn, required=not published)
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
    existing = None
    others = [each for crawl, each in published.items() if crawl not in {each.crawl for each in due}]
    if due and others and compares_crawls(recipe):
        _require_same_hash(recipe, hash_, others)
        existing = existing_crawls(lake, recipe, others)
        if not is_incremental(recipe) or not existing.is_complete():
            tell(f"judging all crawls again: {recipe.recipe} cannot compare new documents with fingerprints alone")
            documents, due = readable(lake, recipe, [*(each.crawl for each in due), *existing.crawls])
            due += emptied(lake, recipe, crawls, due, published, rebuild=rebuild)
            _require_all(recipe, existing.crawls, due)
            existing = None
    return Plan(
        lake=lake,
        recipe=recipe,
        recipe_hash=hash_,
        documents=documents,
        due=tuple(due),
        done=done,
        existing=existing,
        published=published,
        pinned=pinned,
        forgotten=forgotten,
        began=began,
        measure_all=measure_all,
    )


def _require_own_table(recipe: Recipe, publications: Sequence[Published]) -> None:
    """Raise UserError if the corpus of another recipe already has the table of this recipe's corpus."""
    for name in sorted({each.recipe for each in publications} - {recipe.recipe}):
        if table_name(name) == recipe.corpus().name:
            raise UserError(f"{recipe.recipe} would publish into the table of {name}: give the recipe another name")


def _require_all(recipe: Recipe, published: Sequence[str], due: Sequence[CrawlDocuments]) -> None:
    """Raise UserError if a published crawl is not due, because the lake no longer has its texts."""
    for crawl in sorted({*published} - {each.crawl for each in due}):
        raise UserError(
            f"{recipe.recipe} must judge all its crawls again, but the lake no longer has the texts of {crawl}: "
            "ingest it again, or give the recipe another name and curate the crawls that the lake has"
        )


def _require_same_hash(recipe: Recipe, recipe_hash: str, others: Sequence[Published]) -> None:
    """Raise UserError if one of the other crawls was published under another hash."""
    for each in others:
        if each.recipe_hash != recipe_hash:
            raise UserError(
                f"{recipe.recipe} compares crawls with each other, but {each.crawl} was published under the hash "
                f"{each.recipe_hash}, not {recipe_hash}: run again with --rebuild for all crawls"
            )


def _unmeasured(lake: Lake, published: Mapping[str, Published]) -> set[str]:
    """The published crawls with documents that have no measurements."""
    found = rows_of(lake, "silver/signals", list(published.values()))
    measured = {row["crawl"]: row["count"] for row in found.groupBy("crawl").count().collect()}
    return {crawl for crawl, each in published.items() if measured.get(crawl, 0) < each.documents}


def _is_done(
    recipe: Recipe, recipe_hash: str, crawl: CrawlDocuments, published: Published | None, rebuild: bool
) -> bool:
    """Whether the crawl is published under this hash from the same documents.

    Raises UserError if it is published under another hash and `rebuild` is false.
    """
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
