"""Hundreds of small random corpora, each in its own scope, compared with an oracle that compares all pairs."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st

from decantry.jobs.dedup.clusters import Verification, clusters
from tests.jobs.dedup.corpora import chain, template
from tests.jobs.dedup.corpora import made as made_corpus
from tests.jobs.dedup.test_clusters import SCHEMA, in_memory
from tests.oracles import verified
from tests.oracles.components import clusters as all_pairs_of_keys
from tests.udfs.evaluate import examples

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

CORPORA = 300
DOCUMENT = st.fixed_dictionaries(
    {
        "bands": st.one_of(st.just([]), st.lists(st.integers(0, 9), min_size=3, max_size=3)),
        "rank": st.sampled_from([-2.0, 0.5, float("nan")]),
    }
)
CORPUS = st.lists(DOCUMENT, max_size=14)

Corpora = dict[str, dict[str, dict[str, Any]]]


def corpora() -> Corpora:
    """Band keys and rank by scope and id. Ids are distinct and in random order."""
    made: Corpora = {}
    for number, documents in enumerate(examples(CORPUS, CORPORA)):
        scope = f"s{number:03d}"
        made[scope] = {f"{scope}-{7 * at % 17:02d}": document for at, document in enumerate(documents)}
    return made


def frame(spark: SparkSession, made: Corpora) -> DataFrame:
    rows = [
        (i, "c", scope, "a.warc.gz", at, [(d["rank"], "")], d["bands"])
        for scope, documents in made.items()
        for at, (i, d) in enumerate(documents.items())
    ]
    return spark.createDataFrame(rows, SCHEMA)


def expected(documents: dict[str, dict[str, Any]], found: dict[str, str]) -> dict[str, tuple[str, int, str]]:
    """Cluster, size and survivor: the smallest rank with NaN last, then the first in the file."""
    places = {
        i: (d["rank"] != d["rank"], d["rank"] if d["rank"] == d["rank"] else 0, at)
        for at, (i, d) in enumerate(documents.items())
    }
    members: dict[str, list[str]] = {}
    for i, cluster in found.items():
        members.setdefault(cluster, []).append(i)
    return {i: (c, len(members[c]), min(members[c], key=lambda m: places[m])) for i, c in found.items()}


def said(found: DataFrame) -> dict[str, tuple[str, int, str]]:
    rows = found.collect()
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: (row["cluster_id"], row["cluster_size"], row["survivor"]) for row in rows}


def test_clusters_sizes_and_survivors_are_those_of_all_pairs(spark: SparkSession) -> None:
    made = corpora()
    wanted: dict[str, tuple[str, int, str]] = {}
    for documents in made.values():
        wanted |= expected(documents, all_pairs_of_keys({i: d["bands"] for i, d in documents.items()}))
    assert len({c for c, _, _ in wanted.values()}) > 100
    assert max(size for _, size, _ in wanted.values()) > 5
    assert said(clusters(frame(spark, made), in_memory)) == wanted


def test_verified_clusters_are_those_of_the_greedy_cover_in_rounds(
    spark: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("decantry.jobs.dedup.cover.ONE_TASK_DOCUMENTS", 2)
    # 2, 8, 32 and 128 documents of the longest chain, which has 61
    hold_to_the_greedy_cover(spark, threshold=0.8, centres=2, rounds=4)


@pytest.mark.slow  # the way that other tests go
def test_verified_clusters_are_those_of_the_greedy_cover_in_one_task(spark: SparkSession) -> None:
    hold_to_the_greedy_cover(spark, threshold=0.5, centres=64, rounds=1)


def hold_to_the_greedy_cover(spark: SparkSession, *, threshold: float, centres: int, rounds: int) -> None:
    corpora_ = {"chain": chain(), "template": template()}
    corpora_ |= {f"{seed:04d}": made_corpus(seed, 30) for seed in range(1, 201)}
    chance = random.Random(5)
    places = {}
    for corpus in corpora_.values():
        ranks = sorted(chance.choice([-2.0, 0.5, float("inf")]) for _ in corpus.order)
        for at, (name, rank) in enumerate(zip(corpus.order, ranks, strict=True)):
            places[name] = (float("nan") if rank == float("inf") else rank), at
    rows = [
        (name, "c", scope, "a.warc.gz", places[name][1], [(places[name][0], "")], corpus.bands[name])
        for scope, corpus in corpora_.items()
        for name in corpus.order
    ]
    chance.shuffle(rows)
    of = {name: its for corpus in corpora_.values() for name, its in corpus.shingles.items()}
    table = spark.createDataFrame([(i, sorted(its)) for i, its in of.items()], "id string, shingles array<bigint>")
    wanted: dict[str, tuple[str, int, str]] = {}
    for corpus in corpora_.values():
        wanted |= verified.clusters(corpus.witnesses(threshold, centres))
    verification = Verification(threshold, centres, lambda ids: table.join(ids, "id"))
    stages: list[str] = []

    def stage(name: str, made: DataFrame) -> DataFrame:
        stages.append(name)
        return in_memory(name, made)

    found = clusters(spark.createDataFrame(rows, SCHEMA), stage, verification=verification)
    assert said(found) == wanted
    assert sum(name.startswith("covered-") for name in stages) == rounds
    for row in found.collect():
        assert row["similarity"] == verified.jaccard(of[row["id"]], of[row["survivor"]])
