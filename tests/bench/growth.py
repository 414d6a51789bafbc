"""`python -m tests.bench.growth`: the bytes that Spark reads and shuffles as a lake grows, batch by batch.

Twenty equal batches of texts are ingested into one crawl of one lake: once as JSONL files of one's own, whose ids are
compared with the whole lake, and once under paths of Common Crawl, whose ids are not.
"""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.session import start

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

WORK = Path(__file__).resolve().parents[2] / "build" / "bench-growth"
BATCHES, TEXTS, WORDS = 20, 10_000, 300
PLACES = {"own files": "texts", "Common Crawl's paths": "crawl-data/CC-MAIN-2026-40/texts"}


def main() -> None:
    """Measure, and print a row for each kind of path."""
    shutil.rmtree(WORK, ignore_errors=True)
    spark = start(str(WORK), app="decantry-bench-growth", cores=2)
    print("| files | second batch, MB | tenth | twentieth | twentieth / second | files of documents |")
    print("|---|---|---|---|---|---|")
    for about, place in PLACES.items():
        lake = Lake(spark, str(WORK / place / "lake"), "bench")
        used = []
        for number in range(BATCHES):
            file = written(WORK / place / f"{number:02}.jsonl", number)
            before = stages(spark)
            ingest(lake, [str(file)], IngestOptions(crawl="GROWTH"))
            after = stages(spark)
            used.append(sum(after[stage] for stage in after.keys() - before.keys()) / 1e6)
        files = len(lake.read("silver/documents").inputFiles())
        ratio = used[-1] / used[1]
        print(f"| {about} | {used[1]:.1f} | {used[9]:.1f} | {used[-1]:.1f} | {ratio:.2f} | {files} |", flush=True)


def written(path: Path, number: int) -> Path:
    """A file of texts of random words. Its ids contain `number`, so no other file has them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    chance = random.Random(number)
    with path.open("w", encoding="utf-8") as out:
        for n in range(TEXTS):
            text = " ".join(f"{chance.getrandbits(24):06x}" for _ in range(WORDS))
            row = {"id": f"{chance.getrandbits(128):032x}", "url": f"https://texts.example.org/{number}/{n}"}
            out.write(json.dumps(row | {"text": text}) + "\n")
    return path


def stages(spark: SparkSession) -> dict[tuple[int, int], int]:
    """The bytes that each stage so far has read from files and shuffles and written to shuffles."""
    store = spark.sparkContext._jsc.sc().statusStore()  # type: ignore[union-attr]
    found = store.stageList(None, False, False, getattr(store, "stageList$default$4")(), None)
    each = [found.apply(number) for number in range(found.size())]
    return {
        (stage.stageId(), stage.attemptId()): stage.inputBytes() + stage.shuffleReadBytes() + stage.shuffleWriteBytes()
        for stage in each
    }


if __name__ == "__main__":
    main()
