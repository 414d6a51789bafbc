"""`python -m tests.bench.dedup_texts [COUNT...]`: texts of 290 words end to end, and the peer on the first of them.

From a folder of JSONL files with id and text to the files of those kept, as the peer's four stages go: read, sign,
cluster, write; and the most of them once more, with a large bucket, a star and a chain among them. And the same texts
through `decantry`'s own jobs, into a lake, with a verdict for each.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.curate.job import curate
from decantry.jobs.dedup.clusters import clusters
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.session import start
from decantry.jobs.recipe.load import load
from tests.bench.made_documents import documents, skewed_documents
from tests.bench.memory import PeakMemory
from tests.bench.peer import environment
from tests.bench.stages import fingerprinted, staged_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame, SparkSession

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "bench-dedup"
PEER = ROOT.parent / "shared" / "tools" / "peer_minhash.py"
COUNTS = (40_000, 100_000, 1_000_000)
BESIDE = 40_000
"""How many documents the peer gets as well."""
FILES = 8


def main(counts: tuple[int, ...]) -> None:
    """Measure, and print a row for each measurement."""
    spark = start(str(WORK), app="decantry-bench-dedup", cores=2)
    shutil.rmtree(WORK / "texts", ignore_errors=True)
    print("| what | documents | seconds | microseconds a document | kept | peak GiB |\n|---|---|---|---|---|---|")
    for count in (1_000, *counts):
        texts = WORK / "texts" / str(count)
        _written(documents(spark, count), texts)
        _timed("texts to kept texts", count, partial(_kept, spark, texts))
        if count == max(counts):
            skewed = WORK / "texts" / f"{count}-skewed"
            _written(skewed_documents(spark, count), skewed)
            _timed("skewed texts to kept texts", count, partial(_kept, spark, skewed))
        if count <= BESIDE:
            for again in ("", ", again", ", a third time"):
                _timed(f"`ingest` and `dedup` into a new lake{again}", count, partial(_jobs, spark, texts))
    if PEER.is_file() and BESIDE in counts:
        python = environment(ROOT / "build" / "bench" / "peer")
        command = [str(python), str(PEER), str(WORK / "texts" / str(BESIDE)), str(WORK / "peer"), "2"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("total ")[1]
        kept = sum(len(gzip.decompress(file.read_bytes()).splitlines()) for file in (WORK / "peer" / "kept").iterdir())
        print(f"| the peer's four stages, two workers | {BESIDE:,} | {float(told):.1f} | | {kept:,} | |")


def _written(made: DataFrame, folder: Path) -> None:
    made.select("id", "text").repartition(FILES).write.json(str(folder))
    for hidden in folder.glob("[._]*"):
        hidden.unlink()


def _timed(what: str, count: int, act: Callable[[], int]) -> None:
    began = time.monotonic()
    with PeakMemory(os.getpid()) as memory:
        kept = act()
    seconds = time.monotonic() - began
    each = 1e6 * seconds / count
    print(f"| {what} | {count:,} | {seconds:.1f} | {each:,.0f} | {kept:,} | {memory.gib:.2f} |", flush=True)


def _kept(spark: SparkSession, folder: Path) -> int:
    out = WORK / "kept"
    shutil.rmtree(out, ignore_errors=True)
    stage = staged_in(spark, out)
    texts = spark.read.schema("id string, text string").json(str(folder))
    found = clusters(stage("bands", fingerprinted(texts)), stage)
    removed = found.where("id <> survivor").select("id")
    texts.join(removed, "id", "left_anti").write.json(str(out / "texts"))
    return int(spark.read.schema("id string").json(str(out / "texts")).count())


def _jobs(spark: SparkSession, folder: Path) -> int:
    root = WORK / "lake"
    shutil.rmtree(root, ignore_errors=True)
    lake = Lake(spark, str(root), run_id="bench")
    ingest(lake, [str(folder)], IngestOptions())
    curate(lake, load("dedup"))
    return int(lake.read("gold/dedup").count())


if __name__ == "__main__":
    main(tuple(int(word) for word in sys.argv[1:]) or COUNTS)
