"""`python -m tests.bench.dedup [COUNT...] [ROW...]`: what deduplication costs, by stage and by size, as a table.

The documents are made here: `COUNT` fingerprints in which nothing is alike, and as many with a bucket of 30 %, a star
and a chain among them, without verification, with it, and once more without it, so that neither gains from a session
that is warm by then; and texts of 290 words with copies of which a known share of words is changed. ROW is one of ROWS;
all by default. A part of them takes less of an hour at a time.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.dedup import components
from decantry.jobs.dedup.clusters import Verification, clusters
from decantry.jobs.lake.session import start
from decantry.jobs.steps.near_duplicates import NearDuplicates
from tests.bench.made_documents import CHANGED, documents, fingerprints, shingles, uniform
from tests.bench.memory import PeakMemory, tree
from tests.bench.stages import fingerprinted, staged_in

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

WORK = Path(__file__).resolve().parents[2] / "build" / "bench-dedup"
WARM_UP = 10_000
COUNTS = (10_000, 100_000, 1_000_000)
ROWS = ("uniform", "skewed", "alike", "unlike", "contraction", "signatures")


def main(counts: tuple[int, ...], rows: tuple[str, ...] = ROWS) -> None:
    """Measure, and print a row for each measurement."""
    spark = start(str(WORK), app="decantry-bench-dedup", cores=2)
    shutil.rmtree(WORK, ignore_errors=True)
    print("| what | documents | seconds | CPU seconds | CPU microseconds a document | peak GiB | shuffled MB |")
    print("|---|---|---|---|---|---|---|")
    _clustered(spark, "warm-up", fingerprints(spark, WARM_UP))
    for alike in (True, False):
        verification = _verification(spark, WARM_UP, alike)
        _clustered(spark, "warm-up, verified", fingerprints(spark, WARM_UP), verification=verification)
    for count in counts:
        if "uniform" in rows:
            _clustered(spark, "uniform", uniform(spark, count))
        if "skewed" in rows:
            _clustered(spark, "a bucket of 30 %, a star, a chain", fingerprints(spark, count))
        for row in ("alike", "unlike"):
            if row in rows:
                verification = _verification(spark, count, row == "alike")
                _clustered(spark, f"the same verified, {row}", fingerprints(spark, count), verification=verification)
        if {"skewed"} < {*rows} & {"skewed", "alike", "unlike"}:
            _clustered(spark, "the same without it once more", fingerprints(spark, count))
    if "contraction" in rows:
        components.ONE_TASK_EDGES = 0
        _clustered(spark, "the same by contraction alone", fingerprints(spark, counts[-1]))
    if "signatures" in rows:
        _signatures(spark, min(counts[-1], 40_000))


def _verification(spark: SparkSession, count: int, alike: bool) -> Verification:
    """Verification with made shingles, which are written to files first."""
    made = staged_in(spark, WORK / "made")("shingles", shingles(spark, count, alike=alike))
    return Verification(0.8, NearDuplicates.centres, lambda ids: made.join(ids, "id"))


def _clustered(spark: SparkSession, what: str, made: DataFrame, verification: Verification | None = None) -> None:
    folder = WORK / "frames"
    stage = staged_in(spark, folder)
    written = stage("fingerprints", made)
    count = written.count()
    found: list[DataFrame] = []
    row = _timed(
        spark, lambda: found.append(stage("found", clusters(written, stage, verification=verification))), count
    )
    sizes = found[0].groupBy("cluster_id").count().orderBy(F.desc("count")).limit(3).collect()
    edges = sum(file.stat().st_size for file in (folder / "edges").glob("*.parquet"))
    kept = sum(file.stat().st_size for file in (folder / "fingerprints").glob("*.parquet"))
    print(f"| {what} {[r['count'] for r in sizes]} | {count:,} | {row}", flush=True)
    print(f"| - bytes: fingerprints {kept / count:.0f} a document, edges {edges:,} in all | | | | | | |", flush=True)


def _signatures(spark: SparkSession, count: int) -> None:
    """Signatures alone in one task, and the share of removed copies by their share of changed words."""
    made = documents(spark, count)
    path = str(WORK / "documents")
    made.write.mode("overwrite").parquet(path)
    texts = spark.read.parquet(path)
    keys = F.call_function("minhash", F.col("text"), *map(F.lit, (5, 14, 8, 1)))
    one_task = texts.coalesce(1)
    one_task.limit(2_000).select(keys).write.format("noop").mode("overwrite").save()
    row = _timed(spark, lambda: one_task.select(keys).write.format("noop").mode("overwrite").save(), count)
    print(f"| signatures of 290 words, one task | {count:,} | {row}", flush=True)
    stage = staged_in(spark, WORK / "texts-frames")
    found: list[DataFrame] = []

    def both() -> None:
        found.append(stage("found", clusters(stage("bands", fingerprinted(texts)), stage)))

    print(f"| signatures and clusters | {count:,} | {_timed(spark, both, count)}", flush=True)
    lost = found[0].where("id <> survivor").select("id", F.lit(1).alias("lost"))
    fates = texts.join(lost, "id", "left").groupBy("changed").agg(F.count("*").alias("n"), F.sum("lost").alias("lost"))
    for r in fates.orderBy("changed").collect():
        what = "originals" if r["changed"] is None else f"copies with {CHANGED[r['changed']]:.1%} of words changed"
        print(f"| - {what}: {r['lost'] or 0:,} of {r['n']:,} removed | | | | | | |", flush=True)


def _timed(spark: SparkSession, act: Callable[[], object], count: int) -> str:
    began, spent, shuffled = time.monotonic(), cpu_seconds(), moved(spark)[1]
    with PeakMemory(os.getpid()) as memory:
        act()
    seconds, cpu = time.monotonic() - began, cpu_seconds() - spent
    more = (moved(spark)[1] - shuffled) / 1e6
    return f"{seconds:.1f} | {cpu:.1f} | {1e6 * cpu / count:,.0f} | {memory.gib:.2f} | {more:,.0f} |"


def moved(spark: SparkSession) -> tuple[int, int]:
    """The bytes that tasks have read from files and written to shuffles since the session began."""
    time.sleep(0.5)  # Spark counts them every 100 ms
    summary = spark._jsc.sc().statusStore().executorSummary("driver")
    return int(summary.totalInputBytes()), int(summary.totalShuffleWrite())


def cpu_seconds() -> float:
    """The processor seconds of this process and its descendants so far."""
    ticks = 0
    for pid in tree(os.getpid()):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    numbers = tuple(int(word) for word in sys.argv[1:] if word.isdigit())
    main(numbers or COUNTS, tuple(row for row in ROWS if row in sys.argv[1:]) or ROWS)
