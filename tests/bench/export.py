"""`python -m tests.bench.export [MB [TEXTS]]`: exports beside plain Spark that writes the same rows, as a table.

The rows are real texts beside the repo, repeated up to so many megabytes (500), in a Delta table with a corpus's
columns. Plain Spark writes them once as they lie, and once in an order by a hash, which is what a shuffle by hand is.
Each is done in turns in one session; the least time of three counts.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.explore.export.place import Place
from decantry.jobs.explore.export.rows import place_of, survey, write_corpus
from decantry.jobs.explore.export.shards import shards
from decantry.jobs.explore.export.tokenizer import tokenizer_of
from decantry.jobs.explore.export.write import Writing
from decantry.jobs.lake.session import start
from tests.jobs.explore.export import bpe

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from decantry.jobs.explore.export.tokenizer import Tokenizer

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT.parent / "shared" / "data" / "oracle" / "fineweb-texts.jsonl.gz"
WORK = ROOT / "build" / "bench-export"
TURNS = 3
SHARD = 64_000_000


def main(megabytes: int, texts: Path = TEXTS) -> None:
    """Measure, and print the table."""
    shutil.rmtree(WORK, ignore_errors=True)
    spark = start(str(WORK), app="decantry-bench-export", cores=2)
    rows = made(spark, texts, megabytes)
    size = survey(rows, 0).total.bytes
    count = round(size / SHARD)
    tokenizer = tokenizer_of(bpe.write(WORK / "tokenizer.json"), None)
    ways: dict[str, Callable[[], object]] = {
        "Spark, as they lie": lambda: rows.write.parquet(str(WORK / "out"), compression="zstd"),
        "Spark, ordered by a hash": lambda: ordered(rows, count).write.parquet(str(WORK / "out"), compression="zstd"),
        "`--to hf`, `--to parquet`": lambda: export(rows, "parquet"),
        "`--to jsonl`, gz": lambda: export(rows, "gz"),
        "`--to jsonl`, zst": lambda: export(rows, "zst"),
        "`--to parquet --tokenizer`": lambda: export(rows, "parquet", tokenizer),
    }
    seconds = {way: float("inf") for way in ways}
    files: dict[str, int] = {}
    for turn in range(TURNS + 1):  # the first round warms Java's compiler
        for way, act in ways.items():
            if turn > 1 and way.endswith("--tokenizer`"):
                continue
            shutil.rmtree(WORK / "out", ignore_errors=True)
            began = time.perf_counter()
            act()
            spent = time.perf_counter() - began
            print(f"bench: {way}: {spent:.1f} s", file=sys.stderr, flush=True)
            seconds[way] = min(seconds[way], spent) if turn else seconds[way]
            files[way] = sum(file.stat().st_size for file in (WORK / "out").rglob("*") if file.is_file())
    plain, by_hash = list(seconds.values())[:2]
    print(f"{rows.count():,} documents, {size / 1e6:,.0f} MB of text, {count} shards, two cores\n")
    print("| what | s | MB of text/s | MB written | speed beside Spark | beside Spark, ordered |")
    print("|---|---|---|---|---|---|")
    for way, spent in seconds.items():
        told = (f"{spent:.1f}", f"{size / 1e6 / spent:.0f}", f"{files[way] / 1e6:.0f}")
        print("| " + " | ".join((way, *told, f"{plain / spent:.2f}", f"{by_hash / spent:.2f}")) + " |")


def made(spark: SparkSession, texts: Path, megabytes: int) -> DataFrame:
    """The rows as a Delta table of several files."""
    real = spark.read.json(str(texts)).select("text").coalesce(1).cache()
    size = real.agg(F.sum(F.octet_length("text"))).first()
    assert size is not None
    copies = spark.range(max(1, megabytes * 10**6 // size[0])).withColumnRenamed("id", "n").repartition(8)
    id = F.concat(F.lit("<urn:uuid:"), F.sha2(F.concat_ws(" ", "n", "text"), 224), F.lit(">"))
    rows = copies.crossJoin(F.broadcast(real)).select(
        "text",
        id.alias("id"),
        F.lit("CC-MAIN-2026-40").alias("dump"),
        F.concat(F.lit("https://www.example.org/"), F.substring(id, 11, 20)).alias("url"),
        F.lit("2026-10-04T00:00:00Z").alias("date"),
        F.concat(F.lit("crawl-data/CC-MAIN-2026-40/"), F.col("n") % 9).alias("file_path"),
        F.lit("en").alias("language"),
        F.rand(1).alias("language_score"),
        F.length("text").cast("bigint").alias("token_count"),
        F.lit(0).alias("copy"),
    )
    rows.write.format("delta").save(str(WORK / "corpus"))
    real.unpersist()
    return spark.read.format("delta").load(str(WORK / "corpus"))


def ordered(rows: DataFrame, count: int) -> DataFrame:
    """The rows as a user would shuffle them with Spark alone: files by a hash, sorted by it."""
    return (
        rows.withColumn("_place", place_of(0))
        .repartitionByRange(count, "_place")
        .sortWithinPartitions("_place")
        .drop("_place")
    )


def export(rows: DataFrame, form: str, tokenizer: Tokenizer | None = None) -> None:
    """Export the rows as the command does: count, divide into shards, write."""
    (WORK / "out").mkdir()
    found = survey(rows, 0)
    divided = shards(found.buckets, SHARD)
    write_corpus(rows, 0, divided, Writing(Place(str(WORK / "out")), divided.count, "x", form, tokenizer=tokenizer))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500, *map(Path, sys.argv[2:3]))
