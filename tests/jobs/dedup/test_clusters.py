from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.dedup.clusters import clusters as clusters_of
from decantry.jobs.dedup.components import require_components
from decantry.jobs.dedup.cover import require_kept_witnesses
from decantry.jobs.dedup.edges import shared_buckets, stars
from decantry.jobs.process.errors import InfrastructureError
from tests.oracles.components import clusters

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

RANK = "rank array<struct<number:double,word:string>>"
Found = set[tuple[str, str, int, bool]]
"""Id, cluster, its size, and whether the document survives."""
SCHEMA = f"id string, crawl string, scope string, warc_path string, warc_offset bigint, {RANK}, bands array<bigint>"


def in_memory(name: str, frame: DataFrame) -> DataFrame:
    return frame.localCheckpoint()


def fingerprints(spark: SparkSession, rows: list[tuple[str, str, int, list[int]]]) -> DataFrame:
    """Rows of (id, crawl, offset, bands); the scope is the crawl."""
    return spark.createDataFrame([(i, c, c, "a.warc.gz", o, [], b) for i, c, o, b in rows], SCHEMA)


def found(frame: DataFrame) -> Found:
    return {(r["id"], r["cluster_id"], r["cluster_size"], r["id"] == r["survivor"]) for r in frame.collect()}


def test_a_bucket_of_k_gives_a_star_of_k_minus_one_edges(spark: SparkSession) -> None:
    rows = [(name, "c", 0, [7]) for name in "dbca"]
    edges = {tuple(row) for row in stars(shared_buckets(fingerprints(spark, rows))).collect()}
    assert edges == {("b", "a"), ("c", "a"), ("d", "a")}


def test_the_same_key_in_another_band_or_crawl_is_no_edge(spark: SparkSession) -> None:
    rows = [("a", "c", 0, [1, 2]), ("b", "c", 1, [2, 1]), ("x", "d", 0, [1, 2])]
    assert stars(shared_buckets(fingerprints(spark, rows))).count() == 0


BRIEF = [("a", "c", 30, [1, 9]), ("b", "c", 10, [1, 8]), ("d", "c", 20, [2, 8]), ("alone", "c", 5, [3, 3])]
BRIEF += [("short", "c", 6, [])]
CHAIN = [(f"{n:04d}", "chain", n, [n // 2, (n + 1) // 2]) for n in range(64)]
CHANCE = random.Random(4)
BANDS = {f"d{n:03d}": [CHANCE.randrange(150) for _ in range(3)] for n in range(60)}
RANDOM = [(name, "random", n, keys) for n, (name, keys) in enumerate(BANDS.items())]
"""Three crawls with separate scopes, so one call finds the clusters of all."""


@pytest.fixture(scope="module", params=["in one task", "in rounds"])
def all_found(spark: SparkSession, request: pytest.FixtureRequest) -> Found:
    """The clusters of the three crawls by each algorithm. For the second algorithm, the rows have another order."""
    rows = [*BRIEF, *CHAIN, *RANDOM]
    if request.param == "in one task":
        return found(clusters_of(fingerprints(spark, rows), in_memory))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("decantry.jobs.dedup.components.ONE_TASK_EDGES", 0)
        return found(clusters_of(fingerprints(spark, rows[::-1]).repartition(7), in_memory))


def test_the_first_by_crawl_path_and_offset_survives_and_the_smallest_id_names_the_cluster(all_found: Found) -> None:
    names = {name for name, *_ in BRIEF}
    assert {row for row in all_found if row[0] in names} == {
        ("a", "a", 3, False),
        ("b", "a", 3, True),
        ("d", "a", 3, False),
    }


def test_random_corpora_cluster_as_all_pairs_do(all_found: Found) -> None:
    expected = clusters(BANDS)
    assert 5 < len(set(expected.values())) < len(expected)
    assert {i: c for i, c, _, _ in all_found if i in BANDS} == expected


def test_a_chain_is_one_cluster_and_its_first_survives(all_found: Found) -> None:
    chain = [row for row in all_found if row[0] in {name for name, *_ in CHAIN}]
    assert len(chain) == 64
    assert {(cluster, size) for _, cluster, size, _ in chain} == {("0000", 64)}
    assert [name for name, _, _, survivor in sorted(chain) if survivor] == ["0000"]


def test_nothing_in_nothing_out(spark: SparkSession) -> None:
    assert found(clusters_of(fingerprints(spark, []), in_memory)) == set()


def test_a_contraction_with_too_many_rounds_fails(spark: SparkSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decantry.jobs.dedup.contraction.MAX_ROUNDS", 1)
    monkeypatch.setattr("decantry.jobs.dedup.components.ONE_TASK_EDGES", 0)
    with pytest.raises(InfrastructureError, match="were not found in 1 rounds: nothing was published"):
        clusters_of(fingerprints(spark, CHAIN), in_memory)


@pytest.mark.parametrize(
    "wrong",
    [
        [("a", "a"), ("b", "a"), ("c", "c")],  # the edge from b to c is torn
        [("a", "a"), ("b", "a")],  # c is nowhere
        [("a", "b"), ("b", "b"), ("c", "b")],  # the name is not the smallest
        [("a", "a"), ("b", "a"), ("c", "a"), ("c", "a")],  # c is there twice
    ],
)
def test_wrong_components_are_an_error(spark: SparkSession, wrong: list[tuple[str, str]]) -> None:
    edges = spark.createDataFrame([("a", "b"), ("b", "c")], "src string, dst string")
    found = spark.createDataFrame(wrong, "id string, cluster_id string")
    with pytest.raises(InfrastructureError, match="connected components are wrong, so nothing was published"):
        require_components(edges, found)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ([("b", "a"), ("c", "b")], "1 have a witness that is removed too, and 0 have more than one row"),
        ([("b", "a"), ("c", "a"), ("b", "d")], "0 have a witness that is removed too, and 1 have more than one row"),
    ],
)
def test_a_wrong_cover_is_an_error(spark: SparkSession, wrong: list[tuple[str, str]], expected: str) -> None:
    require_kept_witnesses(spark.createDataFrame([("b", "a"), ("c", "a")], "id string, survivor string"))
    with pytest.raises(InfrastructureError, match=expected):
        require_kept_witnesses(spark.createDataFrame(wrong, "id string, survivor string"))
