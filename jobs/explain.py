"""One document's way through a recipe: each step's measurements and verdict, its cluster, its text before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as F

from decantry.jobs.curate.judge import fresh, once
from decantry.jobs.errors import UserError
from decantry.jobs.lake import Lake
from decantry.jobs.published import published_verdicts
from decantry.jobs.recipe.model import Recipe
from decantry.jobs.steps.near_duplicates import NearDuplicates
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, Row


@dataclass(frozen=True)
class StepExplained:
    """A step's measurements of the document, the rules it breaks, and whether the document came this far."""

    step: Step
    measured: dict[str, Any]
    broken: tuple[Rule, ...]
    reached: bool
    edited: bool


@dataclass(frozen=True)
class Cluster:
    """The near-duplicates that a document is one of, and the one that was kept of them (None: none was)."""

    id: str
    size: int
    survivor: str | None
    survivor_url: str | None


@dataclass(frozen=True)
class Explanation:
    """A document, its published verdict (None: not published), each step's part, its cluster and its texts."""

    document: Row
    verdict: Row | None
    steps: tuple[StepExplained, ...]
    cluster: Cluster | None
    before: str
    after: str


def explain(lake: Lake, recipe: Recipe, id_or_url: str) -> Explanation:
    """The way of the document of that id or address. Raises UserError where there is none, with its reject if any."""
    found = _document(lake, recipe, id_or_url)
    document = found.first()
    assert document is not None
    row = _measured(found, recipe)
    verdicts = published_verdicts(lake).where(F.col("recipe") == recipe.recipe)
    verdict = verdicts.where(F.col("id") == document["id"]).first()
    steps, reached, before = [], True, document["text"]
    for number, step in enumerate(recipe.steps):
        measured = row[f"m{number}"].asDict() if f"m{number}" in row else {}
        measured.pop("text", None)
        broken = tuple(rule for rule in step.rules() if f"m{number}" in row and row[f"b{number}"][rule.name])
        if isinstance(step, NearDuplicates) and verdict is not None and verdict["cluster_size"]:
            measured = {"cluster_size": verdict["cluster_size"]}
            broken = tuple(r for r in step.rules() if verdict["removed_by"] == f"{step}.{r.name}")
        after = row[f"t{number}"]
        steps.append(StepExplained(step, measured, broken, reached, after != before))
        before = after
        reached = reached and not broken
    return Explanation(document, verdict, tuple(steps), _cluster(lake, verdicts, verdict), document["text"], before)


def _document(lake: Lake, recipe: Recipe, id_or_url: str) -> DataFrame:
    """The document in the recipe's text, as a frame of one row."""
    documents = lake.read("silver/documents").where((F.col("id") == id_or_url) | (F.col("url") == id_or_url))
    mine = F.col("extractor").startswith(f"{recipe.text.extractor}-")
    rows = documents.where(mine | F.col("extractor").isin("given", "wet"))
    newest = rows.orderBy(mine.desc(), F.col("fetched_at").desc_nulls_last(), "id", F.col("extractor").desc()).limit(1)
    kept = newest.localCheckpoint()
    if kept.isEmpty():
        raise UserError(_why_missing(lake, recipe, documents, id_or_url))
    return kept


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


def _measured(document: DataFrame, recipe: Recipe) -> Row:
    """The measurements (`m0`, ...), broken rules (`b0`, ...) and text after each step (`t0`, ...), in one pass."""
    frame = fresh(document)
    for number, step in enumerate(recipe.steps):
        measurement = None if isinstance(step, NearDuplicates) else step.measure()
        measured = None
        if measurement is not None:
            frame = frame.withColumn(f"m{number}", once(measurement))
            measured = F.col(f"m{number}")
            marks = [rule.breaks(measured).alias(rule.name) for rule in step.rules()]
            frame = frame.withColumn(f"b{number}", F.struct(*marks) if marks else F.lit(None))
        for name, column in step.columns(measured).items():
            frame = frame.withColumn(f"m{number}", F.struct(once(column).alias(name))) if measured is None else frame
        edited = step.edit(measured)
        if edited is not None:
            frame = frame.withColumn("text", once(F.coalesce(edited, F.col("text"))))
        frame = frame.withColumn(f"t{number}", F.col("text"))
    row = frame.select([name for name in frame.columns if name[0] in "mbt" and name[1:].isdigit()]).first()
    assert row is not None
    return row


def _cluster(lake: Lake, verdicts: DataFrame, verdict: Row | None) -> Cluster | None:
    """The document's cluster and its survivor, where it has one."""
    if verdict is None or verdict["cluster_id"] is None:
        return None
    members = verdicts.where((F.col("cluster_id") == verdict["cluster_id"]) & (F.col("crawl") == verdict["crawl"]))
    kept = members.where("kept").first()
    survivor = None if kept is None else kept["id"]
    url = None
    if survivor is not None:
        row = lake.read("silver/documents").where(F.col("id") == survivor).select("url").first()
        url = None if row is None else row["url"]
    return Cluster(verdict["cluster_id"], verdict["cluster_size"], survivor, url)
