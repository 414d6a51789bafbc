"""The documents that a recipe reads, and the hash that says whether they are still the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.curate.extractors import of_recipe, version
from decantry.jobs.lake.published import current
from decantry.jobs.process.errors import UserError
from decantry.schemas.documents import GIVEN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe

PREFERRED = "resiliparse"
"""The extractor that every ingest takes unless it is told otherwise."""
NONE = "none"
"""The hash of no documents."""


@dataclass(frozen=True)
class CrawlDocuments:
    """How many documents of a crawl a recipe reads, and a hash of which."""

    crawl: str
    count: int
    hash: str
    version: int | None = None
    """The version of silver/documents that they were read from."""


def readable(
    lake: Lake,
    recipe: Recipe,
    crawls: Sequence[str] | None,
    tell: Callable[[str], None] = lambda line: None,
    *,
    some: bool = True,
) -> tuple[DataFrame, list[CrawlDocuments]]:
    """The documents of `crawls` (all when None) in the recipe's text, and how many each crawl has, sorted by crawl.

    The text is that of the recipe's extractor, or given text; where an id has several, that of the extractor's newest
    version stands. Raises UserError when there is none, where there must be `some`.
    """
    version = lake.version("silver/documents")
    documents = lake.read("silver/documents") if version is None else lake.read_version("silver/documents", version)
    if crawls is not None:
        documents = documents.where(F.col("crawl").isin(*crawls))
    lines = _manifest(lake)
    found, unfinished = _survey(documents, lines)
    if unfinished and lines is not None:
        tell(f"left out: documents of {unfinished} file(s) whose ingest was interrupted (they are not in `inputs`)")
        documents = documents.join(lines, "warc_path", "left_semi")
    present = {extractor for _, extractor in found}
    wanted = of_recipe(present, recipe)
    if not wanted:
        if not some:
            return documents.limit(0), []
        there = ", ".join(sorted(present)) or "none"
        raise UserError(
            f"the lake {lake.uri} has no documents for {recipe.recipe}, which reads {recipe.text.extractor} text "
            f"(there: {there}): ingest some, or run `decantry extract --extractor {recipe.text.extractor}`"
        )
    chosen = documents.where(F.col("extractor").isin(*wanted))
    chosen = in_form(chosen, recipe)
    if len(wanted) > 1:
        chosen = _without_outdone(chosen, wanted)
        found, _ = _survey(chosen, None)
    by_crawl: dict[str, list[CrawlDocuments]] = defaultdict(list)
    for (crawl, extractor), documents_of in found.items():
        if extractor in wanted:
            by_crawl[crawl].append(documents_of)
    return chosen, [_together(crawl, parts, version) for crawl, parts in sorted(by_crawl.items())]


def texts_of(lake: Lake, recipe: Recipe) -> DataFrame:
    """silver/documents in the recipe's text, one row a document; those of files that are not read to their end, too."""
    rows = lake.read("silver/documents")
    wanted = of_recipe(lake.values("silver/documents", "extractor"), recipe)
    chosen = in_form(rows.where(F.col("extractor").isin(*wanted)), recipe)
    return _without_outdone(chosen, wanted) if len(wanted) > 1 else chosen


def in_form(documents: DataFrame, recipe: Recipe) -> DataFrame:
    """The documents with `text` in the form that the recipe reads: a given text has no other."""
    if recipe.text.form == "text":
        return documents
    return documents.withColumn("text", F.coalesce("markdown", "text"))


def one_a_page(lake: Lake, crawls: Sequence[str] | None = None) -> DataFrame:
    """silver/documents of `crawls` (all when None) with one row a page.

    Where a page was extracted in several ways, it is resiliparse's newest text. Only the crawls' documents are read.
    """
    rows = lake.read("silver/documents")
    rows = rows if crawls is None else rows.where(F.col("crawl").isin(*crawls))
    made = sorted(set(lake.values("silver/documents", "extractor")) - set(GIVEN), key=version)
    if len(made) < 2:
        return rows
    preferred = [name for name in made if name.startswith(f"{PREFERRED}-")]
    return _without_outdone(rows, [*GIVEN, *(name for name in made if name not in preferred), *preferred])


def require_crawls(lake: Lake, crawls: Sequence[str] | None) -> None:
    """Raise UserError for a crawl that the lake has no documents of, and has not published."""
    if not crawls:
        return
    there = lake.partitions("silver/documents", "crawl")
    known = {*there, *(each.crawl for each in current(lake))}
    missing = [crawl for crawl in crawls if crawl not in known]
    if missing:
        raise UserError(
            f"the lake {lake.uri} has no documents of the crawl {missing[0]}: there are {', '.join(there) or 'none'}"
        )


def _without_outdone(documents: DataFrame, extractors: Sequence[str]) -> DataFrame:
    """One document an id: that of the last of the extractors which has one; the others are found by ids alone.

    Texts are joined with the shorter of two lists, the earlier ones that go and those that stay, so that Spark can
    send that list to where the texts are.
    """
    place = F.array_position(F.array(*map(F.lit, extractors)), F.col("extractor")).alias("_place")
    last = len(extractors)
    places = documents.select("id", place).groupBy("id").agg(F.sort_array(F.collect_set("_place")).alias("_places"))
    some = F.size("_places") > 1
    counts = places.agg(F.sum(F.size("_places") - 1), F.count(F.when(~F.array_contains("_places", last), 1))).first()
    assert counts is not None
    go, stay = counts
    if not go:
        return documents
    earlier = documents.where(F.col("extractor") != extractors[-1]).select("*", place)
    if go <= stay:
        outdone = places.where(some).select(
            "id", F.explode(F.slice("_places", 1, F.size("_places") - 1)).alias("_place")
        )
        kept = earlier.join(outdone, ["id", "_place"], "left_anti")
    else:
        standing = places.select("id", F.element_at("_places", -1).alias("_place")).where(F.col("_place") < last)
        kept = earlier.join(standing, ["id", "_place"], "left_semi")
    return documents.where(F.col("extractor") == extractors[-1]).unionByName(kept.select(documents.columns))


def _manifest(lake: Lake) -> DataFrame | None:
    """The paths of the files that were ingested to their end; none where the lake has no manifest.

    A file without a line is one that a run which died has left.
    """
    if not lake.exists("ops/inputs"):
        return None
    return lake.read_as_it_is("ops/inputs").select(F.col("path").alias("warc_path")).distinct()


def _survey(documents: DataFrame, lines: DataFrame | None) -> tuple[dict[tuple[str, str], CrawlDocuments], int]:
    """By crawl and extractor: the number of documents, and a hash of their ids and the runs that wrote them.

    Where there are `lines`, documents of files without one are not counted; beside it, how many such files there are.
    """
    identity = F.xxhash64("id", "extractor", "run_id")
    files = documents.groupBy("crawl", "extractor", "warc_path").agg(
        F.count("*").alias("n"),
        F.bit_xor(identity).alias("x"),
        F.sum(F.pmod(identity, F.lit(2**31))).alias("s"),
    )
    if lines is None:
        files = files.withColumn("told", F.lit(True))
    else:
        files = files.join(lines.withColumn("told", F.lit(True)), "warc_path", "left")
    n, x, s = (F.when(F.col("told"), F.col(name)) for name in "nxs")
    unfinished = F.when(F.col("told").isNull(), F.col("warc_path"))
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
    return CrawlDocuments(crawl, sum(part.count for part in parts), "+".join(part.hash for part in parts), version)
