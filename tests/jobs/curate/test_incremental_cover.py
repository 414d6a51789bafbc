"""Verified near-duplicates of crawls that are added one by one are those of all crawls at once, and of the oracle."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.lake.published import published_rows
from decantry.jobs.recipe.load import parse
from decantry.jobs.steps.near_duplicates import NearDuplicates
from tests.jobs.curate.corpora import Document, content, fates, lake_with
from tests.oracles import verified
from tests.oracles.minhash import band_keys, shingle_hash, signature

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from decantry.jobs.lake.lake import Lake

CORPORA, BANDS, ROWS, THRESHOLD, CENTRES = 200, 4, 1, 0.6, 3
RECIPE = f"""
recipe: near
steps:
  - near_duplicates:
      {{scope: language, ngram: 1, bands: {BANDS}, rows: {ROWS}, hash: xxh64, seed: 1, verify: {THRESHOLD}}}
"""
ORDER = ("x", "m", "b")
"""The crawls in the order in which they are added. It is not the order of survivors, so published documents go and
come back."""


def corpus(seed: int) -> list[Document]:
    """Documents of one scope in random crawls: random sets of words, a chain of windows, or copies of a few texts."""
    chance = random.Random(seed)
    words = [f"{one}{other}" for one in "abcdefgh" for other in "xyz"]
    size, shape = chance.randint(2, 14), chance.choice(["random", "chain", "copies"])

    def text(at: int) -> str:
        if shape == "chain":
            return " ".join(words[at : at + 9])
        if shape == "copies":
            return " ".join([*words[:4], *words[4 + chance.randrange(3) :][: chance.randrange(4)]])
        return " ".join(chance.sample(words[:10], chance.randint(3, 7)))

    texts = [text(at) for at in range(size)]
    chance.shuffle(texts)
    return [
        (f"{seed:03d}-{chance.randrange(10**6):06d}-{at}", chance.choice(ORDER), each) for at, each in enumerate(texts)
    ]


def expected(documents: list[Document]) -> dict[str, tuple[str | None, float | None, int]]:
    """The witness of each removed document and the similarity to it, and the size of each document's cluster."""
    order = [id_ for id_, _, _ in sorted(documents, key=lambda one: one[1])]
    words = {id_: text.split() for id_, _, text in documents}
    bands = {id_: band_keys(signature(its, 1, BANDS, ROWS, 1, "xxh64"), BANDS, ROWS) for id_, its in words.items()}
    shingles = {id_: frozenset(shingle_hash(word, "xxh64") for word in its) for id_, its in words.items()}
    witnesses = verified.witnesses(order, bands, shingles, THRESHOLD, CENTRES)
    clusters = verified.clusters(witnesses)
    similarity = {id_: verified.jaccard(shingles[id_], shingles[kept]) for id_, kept in witnesses.items()}
    return {id_: (witnesses.get(id_), similarity.get(id_), clusters.get(id_, ("", 1, ""))[1]) for id_ in order}


def published(lake: Lake) -> dict[str, tuple[str | None, float | None, int | None]]:
    """The same of what is published."""
    rows = published_rows(lake, "silver/clusters", "near").where("member <> survivor").collect()
    witnesses = {row["member"]: (row["survivor"], row["similarity"]) for row in rows}
    found = fates(lake)
    assert {id_ for id_, (by, _, _) in found.items() if by} == set(witnesses)
    return {id_: (*witnesses.get(id_, (None, None)), size) for id_, (_, _, size) in found.items()}


@pytest.mark.slow  # four runs
def test_random_corpora_crawl_by_crawl_equal_all_at_once_and_the_oracle(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NearDuplicates, "centres", CENTRES)
    recipe = parse(RECIPE, "near.yaml")
    of = {f"l{seed:03d}": corpus(seed) for seed in range(CORPORA)}
    everything = [document for documents in of.values() for document in documents]
    language = {id_: name for name, documents in of.items() for id_, _, _ in documents}
    removed: list[set[str]] = []
    for number, crawl in enumerate(ORDER, 1):
        mine = [document for document in everything if document[1] == crawl]
        lake = lake_with(spark, tmp_path / "lake", f"run-{number}", mine, language=language)
        curate(lake, recipe)
        wanted: dict[str, tuple[str | None, float | None, int]] = {}
        for documents in of.values():
            wanted |= expected([one for one in documents if one[1] in ORDER[:number]])
        assert published(lake) == wanted, crawl
        removed.append({id_ for id_, (witness, _, _) in wanted.items() if witness})
    added = [{id_ for id_, of_crawl, _ in everything if of_crawl == crawl} for crawl in ORDER]
    for before, after, new in zip(removed, removed[1:], added[1:], strict=False):
        assert len(before - after) > 10, "documents that come back"
        assert len(after - before - new) > 10, "published documents that go"
    once = lake_with(spark, tmp_path / "once", "run-1", everything, language=language)
    curate(once, recipe)
    for name, rows in content(once, "near").items():
        assert content(lake, "near")[name] == rows, name
