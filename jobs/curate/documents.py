"""The documents that a recipe reads, and a hash that changes if they do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.curate.extractors import of_recipe, version
from decantry.jobs.lake.published import current
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F
from decantry.jobs.process.terminal import counted
from decantry.schemas.documents import GIVEN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe

PREFERRED = "resiliparse"
"""The default extractor of an ingest."""
NONE = "none"
"""The hash of no documents."""


@dataclass(frozen=True)
class CrawlDocuments:
    """The documents of a crawl that a recipe reads: their number, and a hash of their ids and runs."""

    crawl: str
    count: int
    hash: str
    version: int | None = None
    """The version of silver/documents from which they are read."""


def readable(
    lake: Lake,
    recipe: Recipe,
    crawls: Sequence[str] | None,
    warn: Callable[[str], None] = lambda line: None,
    *,
    required: bool = True,
) -> tuple[DataFrame, list[CrawlDocuments]]:
    """The documents of `crawls` (all if None) in the recipe's text, and a summary of each crawl, sorted by crawl.

    The text is that of the recipe's extractor, or given text. If an id has several, it is the text of the extractor's
    newest version. Documents of files whose ingest was interrupted are left out. Raises UserError if there are no
    documents and some are `required`.
    """
    version = lake.version("silver/documents")
    documents = lake.read("silver/documents") if version is None else lake.read_version("silver/documents", version)
    if crawls is not None:
        documents = documents.where(F.col("crawl").isin(*crawls))
    lines = _manifest(lake)
    found, unfinished = _survey(documents, lines)
    if unfinished and lines is not None:
        files = counted(unfinished, "file")
        warn(f"leaving out documents of {files} whose ingest was interrupted: run `decantry ingest` again")
        documents = documents.join(lines, "warc_path", "left_semi")
    present = {extractor for _, extractor in found}
    wanted = of_recipe(present, recipe)
    if not wanted:
        if not required:
            return documents.limit(0), []
        there = ", ".join(sorted(present)) or "none"
        raise UserError(
            f"the lake {lake.uri} has no documents for {recipe.recipe}, which reads {recipe.text.extractor} text "
            f"(the lake has: {there}): ingest some, or run `decantry extract --extractor {recipe.text.extractor}`"
        )
    chosen = in_form(documents.where(F.col("extractor").isin(*wanted)), recipe)
    if len(wanted) > 1:
        chosen = _last_texts(chosen, wanted)
        found, _ = _survey(chosen, None)
    by_crawl: dict[str, list[CrawlDocuments]] = defaultdict(list)
    for (crawl, extractor), documents_of in found.items():
        if extractor in wanted:
            by_crawl[crawl].append(documents_of)
    return chosen, [_together(crawl, parts, version) for crawl, parts in sorted(by_crawl.items())]


def texts_of(lake: Lake, recipe: Recipe) -> DataFrame:
    """silver/documents in the recipe's text, one row for each document, including those of interrupted ingests."""
    rows = lake.read("silver/documents")
    wanted = of_recipe(lake.values("silver/documents", "extractor"), recipe)
    chosen = in_form(rows.where(F.col("extractor").isin(*wanted)), recipe)
    return _last_texts(chosen, wanted) if len(wanted) > 1 else chosen


def in_form(documents: DataFrame, recipe: Recipe) -> DataFrame:
    """The documents with `text` in the form that the recipe reads. A given text has only one form."""
    if recipe.text.form == "text":
        return documents
    return documents.withColumn("text", F.coalesce("markdown", "text"))


def one_a_page(lake: Lake, crawls: Sequence[str] | None = None) -> DataFrame:
    """silver/documents of `crawls` (all if None) with one row for each page.

    If a page has several texts, it is resiliparse's newest one. Only the documents of the crawls are read.
    """
    rows = lake.read("silver/documents")
    rows = rows if crawls is None else rows.where(F.col("crawl").isin(*crawls))
    made = sorted(set(lake.values("silver/documents", "extractor")) - set(GIVEN), key=version)
    if len(made) < 2:
        return rows
    preferred = [name for name in made if name.startswith(f"{PREFERRED}-")]
    return _last_texts(rows, [*GIVEN, *(name for name in made if name not in preferred), *preferred])


def require_crawls(lake: Lake, crawls: Sequence[str] | None) -> None:
    """Raise UserError if the lake has neither documents nor a publication of one of the crawls."""
    if not crawls:
        return
    ingested = lake.partitions("silver/documents", "crawl")
    known = {*ingested, *(each.crawl for each in current(lake))}
    missing = [crawl for crawl in crawls if crawl not in known]
    if missing:
        raise UserError(
            f"the lake {lake.uri} has no documents of the crawl {missing[0]}: it has {', '.join(ingested) or 'none'}"
        )


def _last_texts(documents: DataFrame, extractors: Sequence[str]) -> DataFrame:
    """One document for each id: that of the last of the `extractors` which has one.

    All texts of the last extractor stay. Those of earlier ones are joined with the shorter of two lists of ids, so that
    Spark can broadcast it: the texts that are replaced, or the texts that stay.
    """
    last = len(extractors)
    rank = F.array_position(F.array(*map(F.lit, extractors)), F.col("extractor")).alias("_rank")
    ranks = documents.select("id", rank).groupBy("id").agg(F.sort_array(F.collect_set("_rank")).alias("_ranks"))
    replaced = F.size("_ranks") - 1
    counts = ranks.agg(F.sum(replaced), F.count_if(~F.array_contains("_ranks", last))).first()
    assert counts is not None
    number_replaced, number_kept = counts
    if not number_replaced:
        return documents
    earlier = documents.where(F.col("extractor") != extractors[-1]).select("*", rank)
    if number_replaced <= number_kept:
        several = ranks.where(F.size("_ranks") > 1)
        others = several.select("id", F.explode(F.slice("_ranks", 1, replaced)).alias("_rank"))
        kept = earlier.join(others, ["id", "_rank"], "left_anti")
    else:
        own = ranks.select("id", F.element_at("_ranks", -1).alias("_rank")).where(F.col("_rank") < last)
        kept = earlier.join(own, ["id", "_rank"], "left_semi")
    return documents.where(F.col("extractor") == extractors[-1]).unionByName(kept.select(documents.columns))


def _manifest(lake: Lake) -> DataFrame | None:
    """The paths of the files that were ingested completely; None if the lake has no manifest.

    A run that dies leaves documents of files that are not in the manifest.
    """
    version = lake.version("ops/inputs")
    if version is None:
        return None
    return lake.read_version("ops/inputs", version).select(F.col("path").alias("warc_path")).distinct()


def _survey(documents: DataFrame, lines: DataFrame | None) -> tuple[dict[tuple[str, str], CrawlDocuments], int]:
    """The summary of each crawl and extractor, and the number of unfinished files.

    `lines` are the paths in the manifest. A file that is not among them is unfinished, and its documents do not count.
    If `lines` is None, all documents count.
    """
    identity = F.xxhash64("id", "extractor", "run_id")
    files = documents.groupBy("crawl", "extractor", "warc_path").agg(
        F.count("*").alias("n"),
        F.bit_xor(identity).alias("x"),
        F.sum(F.pmod(identity, F.lit(2**31))).alias("s"),
    )
    if lines is None:
        files = files.withColumn("listed", F.lit(True))
    else:
        files = files.join(lines.withColumn("listed", F.lit(True)), "warc_path", "left")
    n, x, s = (F.when(F.col("listed"), F.col(name)) for name in "nxs")
    unfinished = F.when(F.col("listed").isNull(), F.col("warc_path"))
    rows = (
        files.groupBy("crawl", "extractor")
        .agg(F.sum(n), F.bit_xor(x), F.sum(s), F.collect_set(unfinished))
        .orderBy("crawl", "extractor")
        .collect()
    )
    found = {
        (crawl, extractor): CrawlDocuments(crawl, count, f"{count}-{xor & (2**64 - 1):016x}-{total}")
        for crawl, extractor, count, xor, total, _ in rows
        if count
    }
    return found, len({path for *_, paths in rows for path in paths})


def _together(crawl: str, parts: Sequence[CrawlDocuments], version: int | None) -> CrawlDocuments:
    """The summary of a crawl from those of its extractors."""
    return CrawlDocuments(crawl, sum(part.count for part in parts), "+".join(part.hash for part in parts), version)
