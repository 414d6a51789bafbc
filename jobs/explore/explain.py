"""Explains one document: why a recipe kept or removed it."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from typing import TYPE_CHECKING

from decantry.jobs.curate.documents import in_form, texts_of
from decantry.jobs.explore.blocks import blocks_of
from decantry.jobs.explore.explanation import Cluster, Cut, Explanation, StepExplained
from decantry.jobs.explore.replay import replay
from decantry.jobs.explore.url_matches import url_matches
from decantry.jobs.lake.published import published_verdicts
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F
from decantry.jobs.recipe.across_documents import steps_across_documents
from decantry.jobs.recipe.hash import recipe_hash
from decantry.schemas import clusters, cuts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import Column, DataFrame, Row

    from decantry.jobs.explore.replay import Replay
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe


def explain(lake: Lake, recipe: Recipe, id_or_url: str) -> Explanation:
    """The explanation of the document with this id or address.

    Raises UserError if there is none; the message says if the page was rejected, and why.
    """
    document, same_address = _document(lake, recipe, id_or_url)
    verdict = published_verdicts(lake, recipe.recipe).where(F.col("id") == document["id"]).first()
    cut = _cuts(lake, verdict)
    frame = lake.spark.createDataFrame([document], lake.read("silver/documents").schema).coalesce(1)
    replays = replay(lake, frame, recipe, verdict, cut)
    found = _clusters(lake, recipe, verdict)
    return Explanation(
        document=document,
        same_address=same_address,
        verdict=verdict,
        steps=_steps(recipe, document, verdict, found, replays),
        clusters=found,
        cuts=tuple(Cut(row["step"], row["text"], row["first_id"], row["first_paragraph"]) for row in cut),
        before=document["text"],
        after=replays[-1].text,
        other_hash=verdict is not None and verdict["recipe_hash"] != recipe_hash(recipe),
        blocks=blocks_of(lake, document),
    )


def _steps(
    recipe: Recipe, document: Row, verdict: Row | None, found: Sequence[Cluster], replays: Sequence[Replay]
) -> tuple[StepExplained, ...]:
    """Each step as the document met it. The verdict decides about steps that depend on other documents."""
    steps, reached, text = [], True, document["text"]
    sizes, depend = {cluster.step: cluster.size for cluster in found}, steps_across_documents(recipe)
    for step, result in zip(recipe.steps, replays, strict=True):
        measured = result.measured
        rules = tuple(rule.of(result.limits) for rule in step.rules())
        broken = tuple(rule for rule in rules if rule.name in result.broken)
        if str(step) in depend and verdict is not None:
            size = sizes.get(str(step), 1 if reached else None)
            measured = {"cluster_size": size} if step.finds_clusters and size else {}
            broken = tuple(rule for rule in rules if verdict["removed_by"] == f"{step}.{rule.name}")
            measured = dict(verdict["values"]) if broken and not step.finds_clusters else measured
        matches = url_matches(step, document.asDict(), {rule.name for rule in broken})
        steps.append(StepExplained(step, measured, rules, broken, reached, result.text != text, matches))
        text = result.text
        reached = reached and not broken
    return tuple(steps)


def _document(lake: Lake, recipe: Recipe, id_or_url: str) -> tuple[Row, tuple[str, ...]]:
    """The document with its text as the recipe reads it, and the ids of other documents with its address.

    Of several documents with one address, it is the newest.
    """
    documents = lake.read("silver/documents").where((F.col("id") == id_or_url) | (F.col("url") == id_or_url))
    mine = f"{recipe.text.extractor}-"
    readable = F.col("extractor").startswith(mine) | F.col("extractor").isin("given", "wet")
    found = in_form(documents.where(readable), recipe).collect()  # a page's captures: one a crawl, or a few
    if not found:
        raise UserError(_why_missing(lake, recipe, documents, id_or_url))
    found.sort(key=lambda row: row["extractor"], reverse=True)
    found.sort(key=lambda row: row["id"])
    found.sort(key=lambda row: row["fetched_at"] or datetime.min, reverse=True)
    newest = next((row for row in found if row["extractor"].startswith(mine)), found[0])
    return newest, tuple(sorted({row["id"] for row in found} - {newest["id"]}))


def _why_missing(lake: Lake, recipe: Recipe, documents: DataFrame, id_or_url: str) -> str:
    other = sorted(row[0] for row in documents.select("extractor").distinct().collect())
    if other:
        return f"{id_or_url} has text of {', '.join(other)} only; {recipe.recipe} reads {recipe.text.extractor} text"
    rejects = lake.read("silver/rejects").where((F.col("id") == id_or_url) | (F.col("url") == id_or_url))
    reject = rejects.orderBy("warc_path", "warc_offset").first()
    if reject is not None:
        detail = f": {reject['detail']}" if reject["detail"] else ""
        return (
            f"{id_or_url} was rejected at stage {reject['stage']} as {reject['reason']}{detail} "
            f"({reject['warc_path']}, offset {reject['warc_offset']})"
        )
    return f'the lake has no document {id_or_url}: look with `decantry sql "select id, url from documents"`'


def _clusters(lake: Lake, recipe: Recipe, verdict: Row | None) -> tuple[Cluster, ...]:
    """The document's clusters, in the order of the steps that found them."""
    if verdict is None or verdict["cluster_size"] is None:  # no step compared it
        return ()
    mine = lake.read(clusters.TABLE.name).where(_written_with(verdict) & (F.col("member") == verdict["id"])).collect()
    survivors = [row["survivor"] for row in mine]
    documents = texts_of(lake, recipe).where(F.col("id").isin(*survivors)).select("id", "url", "text")
    found = {row["id"]: row for row in documents.collect()} if mine else {}
    order = [str(step) for step in recipe.steps]
    return tuple(
        Cluster(
            step=row["step"],
            id=row["cluster"],
            size=row["size"],
            survivor=row["survivor"],
            survivor_url=found[row["survivor"]]["url"] if row["survivor"] in found else None,
            survivor_text=found[row["survivor"]]["text"] if row["survivor"] in found else "",
            similarity=row["similarity"],
        )
        for row in sorted(mine, key=lambda row: order.index(row["step"]) if row["step"] in order else len(order))
    )


def _cuts(lake: Lake, verdict: Row | None) -> list[Row]:
    """What was cut from the document, in order."""
    if verdict is None or not lake.exists(cuts.TABLE.name):
        return []
    mine = lake.read(cuts.TABLE.name).where(_written_with(verdict) & (F.col("id") == verdict["id"]))
    return mine.orderBy("step", "paragraph").collect()


def _written_with(verdict: Row) -> Column:
    """Whether a row was written by the run that wrote the verdict."""
    names = ("recipe", "crawl", "run_id")
    conditions: list[Column] = [F.col(name) == verdict[name] for name in names]
    return reduce(lambda a, b: a & b, conditions)
