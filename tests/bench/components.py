"""`python -m tests.bench.components [COUNT]`: connected components of the same edges by each way there is.

The ways are union-find in one task, contraction, and the algorithms of GraphFrames, where its jar lies with those of
the runtime (DECANTRY_JARS). All must find the same components. GraphX's own algorithm goes one edge a round,
as many rounds as a chain is long, and is left out.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.dedup import contraction
from decantry.jobs.dedup.edges import shared_buckets, stars
from decantry.jobs.dedup.union_find import components_of_batches
from decantry.jobs.lake.jars import runtime_jars
from decantry.jobs.lake.session import start
from tests.bench.dedup import cpu_seconds
from tests.bench.made_documents import fingerprints, uniform
from tests.bench.stages import staged_in

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

WORK = Path(__file__).resolve().parents[2] / "build" / "bench-components"
Way = Callable[["DataFrame"], "DataFrame"]


def main(count: int) -> None:
    """Measure, and print a row for each algorithm."""
    spark = start(str(WORK), app="decantry-bench-components", cores=2)
    spark.sparkContext.setCheckpointDir(str(WORK / "checkpoints"))
    print("| edges of | way | edges | seconds | CPU seconds | in components |\n|---|---|---|---|---|---|")
    shapes = {"uniform": uniform, "a bucket of 30 %, a star, a chain": fingerprints}
    for what, size in (("warm-up", 1_000), *((shape, count) for shape in shapes)):
        made = shapes.get(what, fingerprints)
        shutil.rmtree(WORK, ignore_errors=True)
        stage = staged_in(spark, WORK)
        edges = stage("edges", stars(shared_buckets(stage("fingerprints", made(spark, size)))))
        answers = set()
        for name, way in ways(spark).items():
            began, spent = time.monotonic(), cpu_seconds()
            found = stage("found", way(edges))
            seconds, cpu = time.monotonic() - began, cpu_seconds() - spent
            spark.catalog.clearCache()
            rows, answer = named_alike(found)
            answers.add(answer)
            print(f"| {what} | {name} | {edges.count():,} | {seconds:.1f} | {cpu:.1f} | {rows:,} |", flush=True)
        assert len(answers) == 1, "the ways differ"


def ways(spark: SparkSession) -> dict[str, Way]:
    """The algorithms by name. Each returns `id, cluster_id` for edges."""
    found: dict[str, Way] = {
        "union-find in one task": lambda edges: edges.repartition(1).mapInArrow(
            components_of_batches, "id string, cluster_id string"
        ),
        "contraction": lambda edges: contraction.components(edges, staged_in(spark, WORK / "rounds")),
    }
    if any(runtime_jars().glob("graphframes*.jar")):
        for algorithm in ("two_phase", "randomized_contraction"):
            found[f"GraphFrames, {algorithm}"] = graphframes(spark, algorithm)
    return found


def graphframes(spark: SparkSession, algorithm: str) -> Way:
    """One of GraphFrames' algorithms, called in the JVM, with integers as ids, because one of the algorithms needs
    them."""
    from pyspark.sql import DataFrame

    def way(edges: DataFrame) -> DataFrame:
        names = edges.select(F.col("src").alias("name")).union(edges.select("dst")).distinct()
        vertices = names.select(F.xxhash64("name").alias("id"), "name")
        numbered = edges.select(F.xxhash64("src").alias("src"), F.xxhash64("dst").alias("dst"))
        graph = spark._jvm.org.graphframes.GraphFrame.apply(vertices._jdf, numbered._jdf)
        found = DataFrame(graph.connectedComponents().setAlgorithm(algorithm).run(), spark)
        named = found.select("id", "component").join(vertices, "id")
        return named.select(F.col("name").alias("id"), F.col("component").alias("cluster_id"))

    return way


def named_alike(found: DataFrame) -> tuple[int, tuple[int, int]]:
    """The number of ids in the components, and a checksum of them. Each component is named by its smallest id."""
    lowest = found.groupBy("cluster_id").agg(F.min("id").alias("lowest"))
    row = found.join(lowest, "cluster_id").agg(F.count("*"), F.bit_xor(F.xxhash64("id", "lowest"))).first()
    assert row is not None
    return row[0], (row[0], row[1])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
