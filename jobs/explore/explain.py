"""One document's way through a recipe: each step's measurements and verdict, its cluster, its text before and after."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as F

from decantry.jobs.curate.documents import in_form, texts_of
from decantry.jobs.curate.judge import fresh, once
from decantry.jobs.curate.scoring import with_known
from decantry.jobs.dedup.paragraphs import without
from decantry.jobs.explore.blocks import Block, blocks_of
from decantry.jobs.explore.listed import hits
from decantry.jobs.lake.published import published_verdicts
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.by_verdict import by_verdict
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.steps.score import ScoredByModel
from decantry.schemas import clusters, cuts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import Column, DataFrame, Row

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.rule import Rule
    from decantry.jobs.steps.step import Step


@dataclass(frozen=True)
class StepExplained:
    """A step's measurements of the document, the rules it breaks, and whether the document came this far."""

    step: Step
    measured: dict[str, Any]
    rules: tuple[Rule, ...]
    """The step's rules, with the thresholds of the document's language."""
    broken: tuple[Rule, ...]
    reached: bool
    edited: bool
    hits: dict[str, str]
    """What of the address each broken rule of a URL step hit."""


@dataclass(frozen=True)
class Cluster:
    """The duplicates that a document is one of, by which step, and the one that stayed of them.

    `similarity` is the document's to the survivor, where the step verifies; `survivor_text` is as it was extracted.
    """

    step: str
    id: str
    size: int
    survivor: str
    survivor_url: str | None
    survivor_text: str
    similarity: float | None


@dataclass(frozen=True)
class Cut:
    """A paragraph that a step cut from the document, and where it stands first."""

    step: str
    text: str
    first_id: str
    first_paragraph: int


@dataclass(frozen=True)
class Explanation:
    """A document, others of its address, its published verdict (None: not published), and its way through the steps."""

    document: Row
    others: tuple[str, ...]
    """Ids of other documents of the same address, where that was asked for."""
    verdict: Row | None
    steps: tuple[StepExplained, ...]
    clusters: tuple[Cluster, ...]
    cuts: tuple[Cut, ...]
    before: str
    after: str
    other: bool = False
    """Whether the verdict is that of another recipe of this name."""
    blocks: tuple[Block, ...] = ()
    """The page's blocks in order, if `--structure` has kept them."""


def explain(lake: Lake, recipe: Recipe, id_or_url: str) -> Explanation:
    """The way of the document of that id or address. Raises UserError where there is none, with its reject if any."""
    found, others = _document(lake, recipe, id_or_url)
    document = found.first()
    assert document is not None
    verdicts = published_verdicts(lake, recipe.recipe)
    verdict = verdicts.where(F.col("id") == document["id"]).first()
    cut = _cuts(lake, verdict)
    row = _measured(lake, found, recipe, verdict, cut)
    found_in = _clusters(lake, recipe, verdict)
    sizes = {cluster.step: cluster.size for cluster in found_in}
    steps, reached, before, told = [], True, document["text"], by_verdict(recipe)
    for number, step in enumerate(recipe.steps):
        measured = row[f"m{number}"].asDict() if f"m{number}" in row and row[f"m{number}"] is not None else {}
        measured.pop("text", None)
        limits = row.asDict().get(f"l{number}")
        rules = tuple(rule.of(limits) for rule in step.rules())
        broken = tuple(rule for rule in rules if f"m{number}" in row and row[f"b{number}"][rule.name])
        if str(step) in told and verdict is not None:
            size = sizes.get(str(step), 1 if reached else None)
            measured = {"cluster_size": size} if step.finds_clusters and size else {}
            broken = tuple(r for r in rules if verdict["removed_by"] == f"{step}.{r.name}")
            measured = dict(verdict["values"]) if broken and not step.finds_clusters else measured
        after = row[f"t{number}"]
        named = hits(step, document.asDict(), {rule.name for rule in broken})
        steps.append(StepExplained(step, measured, rules, broken, reached, after != before, named))
        before = after
        reached = reached and not broken
    cuts = tuple(Cut(r["step"], r["text"], r["first_id"], r["first_paragraph"]) for r in cut)
    return Explanation(
        *(document, others, verdict, tuple(steps), found_in, cuts),
        *(document["text"], before),
        other=verdict is not None and verdict["recipe_hash"] != recipe_hash(recipe),
        blocks=blocks_of(lake, document),
    )


def _document(lake: Lake, recipe: Recipe, id_or_url: str) -> tuple[DataFrame, tuple[str, ...]]:
    """The document in the recipe's text, as a frame of one row, the newest of an address; and the others' ids."""
    documents = lake.read("silver/documents").where((F.col("id") == id_or_url) | (F.col("url") == id_or_url))
    mine = F.col("extractor").startswith(f"{recipe.text.extractor}-")
    rows = in_form(documents.where(mine | F.col("extractor").isin("given", "wet")), recipe)
    rows = rows.localCheckpoint()  # a page's captures: one a crawl, or a few
    newest = rows.orderBy(mine.desc(), F.col("fetched_at").desc_nulls_last(), "id", F.col("extractor").desc())
    ids = [row["id"] for row in newest.select("id").collect()]
    if not ids:
        raise UserError(_why_missing(lake, recipe, documents, id_or_url))
    return newest.limit(1), tuple(sorted({*ids} - {ids[0]}))


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


def _measured(lake: Lake, document: DataFrame, recipe: Recipe, verdict: Row | None, cut: Sequence[Row]) -> Row:
    """The measurements (`m0`, ...), broken rules (`b0`, ...) and text after each step (`t0`, ...), in one pass.

    A score that silver/scores does not have, because the document did not come so far, is null.
    """
    size = None if verdict is None else verdict["cluster_size"]
    frame, told = fresh(document).withColumn("cluster_size", F.lit(size).cast("bigint")), by_verdict(recipe)
    for number, step in enumerate(recipe.steps):
        if isinstance(step, ScoredByModel):
            frame = with_known(lake, step, frame)
        measurement = None if str(step) in told else step.measure()
        measured = None
        if measurement is not None:
            frame = frame.withColumn(f"m{number}", once(measurement))
            measured = F.col(f"m{number}")
            limits = step.limits()
            if limits is not None:
                frame = frame.withColumn(f"l{number}", once(limits))
            own = None if limits is None else F.col(f"l{number}")
            marks = [rule.breaks(measured, own).alias(rule.name) for rule in step.rules()]
            frame = frame.withColumn(f"b{number}", F.struct(*marks) if marks else F.lit(None))
        for name, column in step.columns(measured).items():
            if measured is None:
                frame = frame.withColumn(f"m{number}", F.struct(once(column).alias(name)))
            frame = frame.withColumn(name, F.col(f"m{number}")[name] if measured is None else column)
        edited = step.edit(measured)
        if mine := [row["paragraph"] for row in cut if row["step"] == str(step)]:
            places = F.split(F.lit(" ".join(map(str, mine))), " ").cast("array<int>")
            frame = frame.withColumn("_cuts", F.transform(places, lambda place: F.struct(place.alias("paragraph"))))
            edited = without("text", "_cuts")
        if edited is not None:
            frame = frame.withColumn("text", once(F.coalesce(edited, F.col("text"))))
        frame = frame.withColumn(f"t{number}", F.col("text"))
    row = frame.select([name for name in frame.columns if name[0] in "mblt" and name[1:].isdigit()]).first()
    assert row is not None
    return row


def _clusters(lake: Lake, recipe: Recipe, verdict: Row | None) -> tuple[Cluster, ...]:
    """The document's clusters, in the order of the steps that found them."""
    if verdict is None:
        return ()
    mine = lake.read(clusters.TABLE.name).where(_of(verdict) & (F.col("member") == verdict["id"])).collect()
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
    if verdict is None:
        return []
    mine = lake.read(cuts.TABLE.name).where(_of(verdict) & (F.col("id") == verdict["id"]))
    return mine.orderBy("step", "paragraph").collect()


def _of(verdict: Row) -> Column:
    """What was written with the verdict."""
    names = ("recipe", "crawl", "run_id")
    conditions: list[Column] = [F.col(name) == verdict[name] for name in names]
    return reduce(lambda a, b: a & b, conditions)
