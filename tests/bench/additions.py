"""`python -m tests.bench.additions` measures the bytes that Spark reads while it curates one crawl after another.

Each crawl is compared with those before it. The documents have nothing in common. A text takes some 11 KB on disk.
"""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.curate.job import curate
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.session import start
from decantry.jobs.recipe.load import parse
from decantry.schemas import documents

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

WORK = Path(__file__).resolve().parents[2] / "build" / "bench-additions"
RECIPE = "recipe: near\nsteps:\n  - near_duplicates: {scope: all}\n"
CRAWLS = (("warm-up", 1000), ("first", 1000), ("second", 1000), ("third", 50), ("fourth", 1000))
WORDS = 1250
"""The words of a text, of sixteen random letters each, so they do not compress."""


def main() -> None:
    """Measure, and print a row for each crawl."""
    shutil.rmtree(WORK, ignore_errors=True)
    lake = Lake(start(str(WORK), app="decantry-bench-additions", cores=2), str(WORK / "lake"), "bench")
    print("| crawl | documents | MB read | seconds |\n|---|---|---|---|")
    for crawl, count in CRAWLS:
        lake.append("silver/documents", made(lake.spark, crawl, count))
        before, began = bytes_read(lake.spark), time.monotonic()
        curate(lake, parse(RECIPE, "near.yaml"))
        seconds = time.monotonic() - began
        print(f"| {crawl} | {count:,} | {(bytes_read(lake.spark) - before) / 1e6:.1f} | {seconds:.1f} |", flush=True)


def made(spark: SparkSession, crawl: str, count: int) -> DataFrame:
    """`count` documents of a crawl that have nothing in common."""
    n = F.col("n")
    words = F.transform(
        F.sequence(F.lit(1), F.lit(WORDS)),
        lambda at: F.left(F.sha2(F.concat_ws("-", F.lit(crawl), n, at), 256), F.lit(16)),
    )
    given = {
        "id": F.concat_ws("-", F.lit(crawl), n),
        "crawl": F.lit(crawl),
        "warc_path": F.lit("a.jsonl"),
        "warc_offset": n,
        "text": F.array_join(words, " "),
        "extractor": F.lit("given"),
        "run_id": F.lit("run"),
    }
    columns = [given.get(c.name, F.lit(None)).cast(c.type).alias(c.name) for c in documents.TABLE.columns]
    return spark.range(count).withColumnRenamed("id", "n").select(*columns)


def bytes_read(spark: SparkSession) -> int:
    """The bytes that Spark's process has read so far, from any file."""
    pid = spark._jvm.java.lang.ProcessHandle.current().pid()  # type: ignore[union-attr]
    found = re.search(r"rchar: (\d+)", Path(f"/proc/{pid}/io").read_text())
    assert found is not None
    return int(found[1])


if __name__ == "__main__":
    main()
