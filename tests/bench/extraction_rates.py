"""`python -m tests.bench.extraction_rates ARCHIVE...`: pages a second by extractor, alone and as a whole ingest.

The session is warm, and rates are marginal. Extractors alone work on one core, by turns over the same pages, and the
median of the rounds counts. An ingest reads one crawl, and then CRAWLS, each into a lake of its own. Each crawl has the
same archives with other record ids.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.session import start
from decantry.jobs.models.extractor.pages import read_pages
from tests.bench.archives import reissue
from tests.bench.extractors import Page, peers

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

WORK = Path(__file__).resolve().parents[2] / "build" / "bench-extraction"
PAGES = 400
ROUNDS = 3
WARM_UP = 13
"""How often the session extracts the pages before it is timed. Java needs some 5,000 pages to warm up."""
CRAWLS = 5
"""How many crawls of these archives the larger ingest reads."""
REPEATS = 4
"""The pages are extracted once, and then this often. The difference gives the marginal rate."""


def main() -> None:
    """Measure, and print Markdown tables."""
    archives = sys.argv[1:]
    if not archives:
        sys.exit("give one archive or more")
    shutil.rmtree(WORK, ignore_errors=True)
    spark = start(str(WORK), app="decantry-bench-extraction", cores=1)
    pages = [Page(page.html) for page in islice(read_pages(archives, 1.0), PAGES)]
    print("| extractor | pages/s, one core |\n| --- | --- |", flush=True)
    for name, rate in alone(spark, pages).items():
        print(f"| {name} | {rate:.0f} |", flush=True)
    spark.stop()
    print("\n| ingest with | documents | pages/s, two cores |\n| --- | --- | --- |", flush=True)
    crawls = reissue([Path(archive) for archive in archives], WORK / "crawls", CRAWLS)
    for extractor in ("resiliparse", "decantry"):
        documents, rate = whole(crawls, extractor)
        print(f"| {extractor} | {documents:,} | {rate:.0f} |", flush=True)


def alone(spark: SparkSession, pages: Sequence[Page]) -> dict[str, float]:
    """The marginal pages a second of each extractor, on one core."""
    markup = frame(spark, pages)
    for _ in range(WARM_UP):
        native(markup, 1)
    of_peers = {name: extract for name, extract in peers().items() if name != "jusText"}
    rates: dict[str, list[float]] = {name: [] for name in (*of_peers, "decantry")}
    for _ in range(ROUNDS):
        for name, extract in of_peers.items():
            some = pages if name == "resiliparse" else pages[:: max(1, len(pages) // 60)]
            rates[name].append(len(some) / extract(some).seconds)
        rates["decantry"].append(marginal(lambda times: native(markup, times), len(pages)))
    return {name: median(of) for name, of in rates.items()}


def frame(spark: SparkSession, pages: Sequence[Page]) -> DataFrame:
    """The pages' markup, cached in memory."""
    path = str(WORK / "pages")
    spark.createDataFrame([(page.html,) for page in pages], "html string").coalesce(1).write.parquet(path)
    markup = spark.read.parquet(path).cache()
    markup.count()
    return markup


def native(markup: DataFrame, times: int) -> float:
    """The seconds of a query that extracts the pages `times` times and reads both forms of their texts."""
    made = markup.crossJoin(markup.sparkSession.range(0, times, 1, 1)) if times > 1 else markup
    page = F.call_function("once", F.call_function("extract_page", F.col("html")))
    began = time.perf_counter()
    made.select(page.alias("page")).agg(F.sum(F.length("page.text") + F.length("page.markdown"))).collect()
    return time.perf_counter() - began


def marginal(seconds: Callable[[int], float], pages: int) -> float:
    """The marginal pages a second, without fixed costs."""
    few = seconds(1)
    return pages * (REPEATS - 1) / (seconds(REPEATS) - few)


def whole(crawls: Sequence[Sequence[Path]], extractor: str) -> tuple[int, float]:
    """The number of documents, and the marginal pages a second of an ingest, after an ingest that warms the session."""
    _ingest(crawls, extractor, "warm")
    few, short = _ingest(crawls[:1], extractor, "one")
    many, long = _ingest(crawls, extractor, "all")
    return many, (many - few) / (long - short)


def _ingest(crawls: Sequence[Sequence[Path]], extractor: str, name: str) -> tuple[int, float]:
    folder = str(WORK / f"{extractor}-{name}")
    lake = Lake(start(folder, app="decantry-bench-extraction", cores=2), folder, run_id="bench")
    archives = [str(archive) for crawl in crawls for archive in crawl]
    began = time.monotonic()
    report = ingest(lake, archives, IngestOptions(extractor=extractor))
    return report.documents, time.monotonic() - began


if __name__ == "__main__":
    main()
