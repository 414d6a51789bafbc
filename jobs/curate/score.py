"""The score job: give each text of a lake or a corpus a model's score, in silver/scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.curate.documents import one_a_page, require_crawls
from decantry.jobs.lake.commits.lock import locked
from decantry.jobs.lake.commits.schema import require_fits
from decantry.jobs.lake.forgotten import forgotten_keys, require_nothing_forgotten
from decantry.jobs.lake.published import published_corpus
from decantry.jobs.lake.staging import Staging
from decantry.jobs.models.lake_scores import add, known
from decantry.jobs.models.scored import KEY, scored, text_hash
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.process.spark import F
from decantry.schemas.scores import TABLE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.models.model import Model


@dataclass(frozen=True)
class ScoreReport:
    """The number of texts of each crawl, and how many of them this run has scored."""

    texts: dict[str, int]
    scored: dict[str, int]


def score(
    lake: Lake,
    model: Model,
    crawls: Sequence[str] | None = None,
    *,
    recipe: str | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> ScoreReport:
    """Score the texts of `crawls` (all if None) that have no score of this model yet, in one commit for each crawl.

    The texts are those of the published corpus of `recipe`, if given. Else they are the lake's documents, one text for
    each page. Raises UserError if there are no texts.
    """
    require_fits(lake, [TABLE])
    forgotten = forgotten_keys(lake)
    everything = _texts(lake, crawls, recipe)
    texts = {row["crawl"]: row["count"] for row in everything.groupBy("crawl").count().orderBy("crawl").collect()}
    if not texts:
        raise UserError(f"{_named(lake, recipe)} has no texts to score: ingest or publish some first")
    done = {}
    staging = Staging(lake, "score")
    with locked(lake, [f"score {model.sha256}"]):
        try:
            for number, crawl in enumerate(texts):
                mine = everything.where(F.col("crawl") == crawl)
                new = _missing(lake, model, crawl, mine, staging, f"{number}-")
                done[crawl] = 0 if new is None else new.count()
                if new is not None:
                    tell(f"scored {done[crawl]} of {texts[crawl]} texts of {crawl}")
                    _keep(lake, model, new, crawl, forgotten)
        finally:
            staging.remove()
    return ScoreReport(texts, done)


def _missing(lake: Lake, model: Model, crawl: str, texts: DataFrame, staging: Staging, prefix: str) -> DataFrame | None:
    """KEY and the new `score` of the crawl's texts that have none, staged; None if all have one."""
    scores, wanted = known(lake, model, [crawl]), texts
    if not scores.isEmpty():
        keys = texts.select("crawl", "id", text_hash().alias("text_hash"))
        missing = staging.write(f"{prefix}missing", keys.join(scores, ["id", "text_hash"], "left_anti").select(*KEY))
        if missing.isEmpty():
            return None
        wanted = texts.join(missing.select("id"), "id", "left_semi")
    return staging.write(f"{prefix}new", scored(wanted, model))


def _keep(lake: Lake, model: Model, new: DataFrame, crawl: str, forgotten: set[str]) -> None:
    """Add the scores. If pages have been forgotten meanwhile, remove the scores and raise InfrastructureError."""
    require_nothing_forgotten(lake, forgotten)
    add(lake, model, new, [crawl])
    try:
        require_nothing_forgotten(lake, forgotten)
    except InfrastructureError:
        lake.change(TABLE.name, lambda table: table.delete(F.col("run_id") == lake.run_id))
        raise


def _texts(lake: Lake, crawls: Sequence[str] | None, recipe: str | None) -> DataFrame:
    """`crawl, id, text`, one row for each id."""
    if recipe is None:
        require_crawls(lake, crawls)
        return one_a_page(lake, crawls).select("crawl", "id", "text")
    corpus = published_corpus(lake, recipe)
    if corpus is None:
        raise UserError(f"the lake {lake.uri} has no published {recipe}: run `decantry curate {recipe}` first")
    rows = corpus.where("copy = 0").select(F.col("dump").alias("crawl"), "id", "text")
    return rows if crawls is None else rows.where(F.col("crawl").isin(*crawls))


def _named(lake: Lake, recipe: str | None) -> str:
    return f"the lake {lake.uri}" if recipe is None else f"the corpus {recipe} in {lake.uri}"
