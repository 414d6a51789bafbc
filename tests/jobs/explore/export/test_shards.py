from __future__ import annotations

import random

import pytest

from decantry.jobs.explore.export.shards import BUCKETS, partition_keys, shards
from decantry.jobs.explore.export.sizes import size_of
from decantry.jobs.process.errors import UserError


def test_shards_are_of_even_size_and_consecutive() -> None:
    draw = random.Random(1)
    sizes = {bucket: draw.randrange(1, 2000) for bucket in draw.sample(range(BUCKETS), 20_000)}
    found = shards(sizes, 1_000_000)
    assert found.count == round(sum(sizes.values()) / 1_000_000) == 20
    assert list(found.of_bucket) == sorted(found.of_bucket) and len(found.of_bucket) == BUCKETS
    of_shard = [0] * found.count
    for bucket, size in sizes.items():
        of_shard[found.of_bucket[bucket]] += size
    share = sum(sizes.values()) / found.count
    assert all(abs(size - share) < 2000 for size in of_shard)


def test_no_shard_is_empty_where_one_document_is_most_of_the_corpus() -> None:
    found = shards({5: 10, 900: 10_000, 901: 10, 60_000: 10}, 1000)
    assert found.count == 3
    assert [found.of_bucket[bucket] for bucket in (0, 5, 900, 901, 60_000, BUCKETS - 1)] == [0, 0, 1, 2, 2, 2]


def test_few_or_empty_texts_are_one_shard() -> None:
    assert shards({7: 0, 9: 0}, 1000).count == 1
    assert shards({7: 30}, 1000).of_bucket == [0] * BUCKETS
    with pytest.raises(ValueError, match="no documents"):
        shards({}, 1000)


def test_keys_are_those_that_spark_hashes_to_each_partition() -> None:
    """Of `select id, pmod(hash(cast(id as int)), 7) from range(64)` in Spark, the smallest id of each partition."""
    assert partition_keys(1) == [0]
    assert partition_keys(7) == [12, 0, 1, 9, 3, 2, 11]
    assert len({*partition_keys(1000)}) == 1000


def test_sizes() -> None:
    assert [size_of(text) for text in ("256MB", "1 GB", "1.5kb", "4000", "64MiB", "2Ki")] == [
        256_000_000, 10**9, 1500, 4000, 64 << 20, 2048,
    ]  # fmt: skip
    for text, told in {
        "big": "write a number and a unit, like 256MB",
        "-1MB": "write a number",
        "1TB": "write a number",
        "2GB": "use 1KB to 1GB of text",
        "10": "use 1KB to 1GB",
        "9" * 400: "write a number",
    }.items():
        with pytest.raises(UserError, match=told):
            size_of(text)
