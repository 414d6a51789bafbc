"""The cover of one task, compared with the oracle on Arrow batches, without Spark."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pytest

from decantry.jobs.dedup.centres import MEMORY
from decantry.jobs.dedup.stream import covered
from tests.jobs.dedup.corpora import Corpus, chain, made, template
from tests.oracles import verified

Row = tuple[str, int, str, str, bool, bool, list[dict[str, int]], list[int]]
BUCKET = pa.struct([("band", pa.int32()), ("key", pa.int64()), ("capacity", pa.int32())])
SCHEMA = pa.schema(
    [
        ("component", pa.string()),
        ("slice", pa.int32()),
        ("id", pa.string()),
        ("crawl", pa.string()),
        ("centre", pa.bool_()),
        ("large", pa.bool_()),
        ("buckets", pa.list_(BUCKET)),
        ("shingles", pa.list_(pa.int64())),
    ]
)


def rows(component: str, corpus: Corpus, capacity: int, *, large: bool = False) -> Iterator[Row]:
    for name in corpus.order:
        buckets = [{"band": band, "key": key, "capacity": capacity} for band, key in enumerate(corpus.bands[name])]
        yield (component, 0, name, f"crawl of {name}", False, large, buckets, sorted(corpus.shingles[name]))


def batches(of: Iterable[Row], seed: int = 0) -> Iterator[pa.RecordBatch]:
    """The rows in batches of random sizes, some of them empty."""
    table = pa.table([pa.array(c, f.type) for c, f in zip(zip(*of, strict=True), SCHEMA, strict=True)], schema=SCHEMA)
    chance, at = random.Random(seed), 0
    while at < table.num_rows:
        size = chance.choice([0, 1, 7, 100])
        yield from table.slice(at, size).to_batches() or [pa.RecordBatch.from_pylist([], schema=SCHEMA)]
        at += size


def found(of: Iterable[Row], threshold: float) -> list[dict[str, object]]:
    return [row for batch in covered(batches(of), threshold) for row in batch.to_pylist()]


@pytest.mark.parametrize("memory", [0, 5_000, MEMORY])
@pytest.mark.parametrize(("threshold", "centres"), [(0.8, 64), (0.5, 2), (0.3, 20)])
def test_the_cover_of_random_corpora_equals_the_oracles(
    threshold: float, centres: int, memory: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("decantry.jobs.dedup.centres.MEMORY", memory)
    first = int(1_000 * threshold) + memory % 7 * 100 + 1
    corpora = {f"{seed:04d}": made(seed, 50) for seed in range(first, first + 60)}
    every = (row for component, corpus in corpora.items() for row in rows(component, corpus, centres))
    got = found(every, threshold)
    shingles = {name: its for corpus in corpora.values() for name, its in corpus.shingles.items()}
    removed = {}
    for row in got:
        name, witness = str(row["id"]), str(row["survivor"])
        assert name not in removed
        assert (row["crawl"], row["survivor_crawl"]) == (f"crawl of {name}", f"crawl of {witness}")
        assert row["similarity"] == verified.jaccard(shingles[name], shingles[witness])
        assert row["component"] == name[:4]
        removed[name] = witness
    wanted = {}
    for corpus in corpora.values():
        wanted |= corpus.witnesses(threshold, centres)
    assert len(wanted) > 100
    assert removed == wanted


def test_a_bucket_with_more_dissimilar_documents_than_centres_keeps_some_duplicates() -> None:
    order = ["a", "b", "c", "d"]
    shingles = {"a": frozenset([1]), "b": frozenset([2]), "c": frozenset([3]), "d": frozenset([3])}
    corpus = Corpus(order, {name: [1] for name in order}, shingles)
    assert corpus.witnesses(1.0, 3) == {"d": "c"}
    assert corpus.witnesses(1.0, 2) == {}
    assert [(row["id"], row["survivor"]) for row in found(rows("", corpus, 3), 1.0)] == [("d", "c")]
    assert found(rows("", corpus, 2), 1.0) == []


def test_the_witness_is_the_first_even_if_another_full_bucket_has_a_later_one() -> None:
    bands = {"f": [90, 1], "a": [1, 91], "b": [92, 1]}
    bands |= {f"g{n}": [1, 100 + n] for n in range(8)} | {f"h{n}": [200 + n, 1] for n in range(8)} | {"x": [1, 1]}
    shingles = {name: frozenset([100 + n]) for n, name in enumerate(bands)}
    shingles |= {"a": frozenset([1]), "b": frozenset([2]), "x": frozenset([1, 2])}
    corpus = Corpus(list(bands), bands, shingles)
    assert [(row["id"], row["survivor"]) for row in found(rows("", corpus, 64), 0.5)] == [("x", "a")]


def test_centres_of_large_components_are_returned_with_their_open_buckets_and_shingles() -> None:
    shingles = {"a": frozenset([1]), "b": frozenset([2]), "c": frozenset([3]), "d": frozenset([1])}
    corpus = Corpus(list("abcd"), {"a": [1, 1], "b": [1, 2], "c": [1, 1], "d": [9, 1]}, shingles)
    got = [pick(row) for row in found(rows("", corpus, 1, large=True), 0.5)]
    a = [{"band": 0, "key": 1, "capacity": 1}, {"band": 1, "key": 1, "capacity": 1}]
    b = [{"band": 1, "key": 2, "capacity": 1}]
    assert got == [("a", "a", 0, a, [1]), ("b", "b", 1, b, [2]), ("d", "a", None, None, None)]
    assert [row["id"] for row in found(rows("", corpus, 1), 0.5)] == ["d"]


def pick(row: dict[str, object]) -> tuple[object, ...]:
    return tuple(row[name] for name in ("id", "survivor", "nth", "centre_of", "shingles"))


def test_a_document_without_capacity_is_only_compared_and_each_slice_starts_without_centres() -> None:
    bucket = [{"band": 0, "key": 1, "capacity": 5}]
    full = [{"band": 0, "key": 1, "capacity": 0}]
    centre: list[Row] = [("", n, "a", "c", True, True, bucket, [1, 2]) for n in (0, 1)]
    rest: list[Row] = [("", 0, "b", "c", False, True, full, [5, 6]), ("", 0, "d", "c", False, True, full, [5, 6])]
    other: list[Row] = [("", 1, "e", "c", False, True, full, [1, 2]), ("", 2, "f", "c", False, True, full, [1, 2])]
    got = found([centre[0], *rest, centre[1], *other], 0.5)
    removed = [(row["id"], row["survivor"]) for row in got if row["id"] != row["survivor"]]
    assert removed == [("e", "a")]


def test_a_chain_keeps_enough_documents_and_none_is_removed_for_a_dissimilar_witness() -> None:
    corpus = chain()
    assert not corpus.shingles["chain-00"] & corpus.shingles["chain-60"]
    assert verified.jaccard(corpus.shingles["chain-00"], corpus.shingles["chain-01"]) == 0.95
    got = found(rows("", corpus, 64), 0.8)
    assert {str(r["id"]): str(r["survivor"]) for r in got} == corpus.witnesses(0.8, 64)
    assert len(corpus.order) - len(got) >= 7
    assert len(got) > 30
    assert min(float(str(row["similarity"])) for row in got) >= 0.8


def test_pages_of_one_template_all_stay() -> None:
    corpus = template()
    first, second, *_ = corpus.order
    assert verified.jaccard(corpus.shingles[first], corpus.shingles[second]) == 0.6
    assert found(rows("", corpus, 64), 0.8) == []
    assert len(found(rows("", corpus, 64), 0.6)) == 29


def test_texts_without_shingles_are_similar_to_nothing() -> None:
    bucket = [{"band": 0, "key": 1, "capacity": 64}]
    many: list[Row] = [("", 0, f"{n:02d}", "c", False, False, bucket, []) for n in range(20)]
    assert found([*many, ("", 0, "last", "c", False, False, bucket, [4])], 0.1) == []
