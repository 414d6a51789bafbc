"""Assigns documents to shards by a hash, so that the result does not depend on partitions or cores.

A document's place is the xxHash64 of its id, its copy and the seed. The range of hashes is divided into BUCKETS equal
parts. A shard consists of consecutive buckets; all shards have about the same number of bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

BUCKET_BITS = 16
BUCKETS = 1 << BUCKET_BITS
"""The number of buckets. At each end, a shard's size differs from its target by at most the bytes of a bucket."""


@dataclass(frozen=True)
class Shards:
    """The number of shards, and the shard of each bucket."""

    count: int
    of_bucket: Sequence[int]


def shards(bytes_of: Mapping[int, int], wanted: int) -> Shards:
    """Shards of about `wanted` bytes each. If the rows have fewer bytes, there is one shard. No shard is empty.

    `bytes_of` has the bytes of each bucket that has documents. Raises ValueError if it is empty.
    """
    if not bytes_of:
        raise ValueError("there are no documents to divide")
    weights = {bucket: max(1, size) for bucket, size in bytes_of.items()}  # a bucket with only empty texts counts, too
    total = sum(weights.values())
    parts = max(1, round(total / wanted))
    place, before = {}, 0
    for bucket, weight in sorted(weights.items()):
        place[bucket] = min(parts - 1, (2 * before + weight) * parts // (2 * total))
        before += weight
    number = {part: shard for shard, part in enumerate(sorted({*place.values()}))}
    of_bucket, last = [], 0
    for bucket in range(BUCKETS):
        last = number[place[bucket]] if bucket in place else last
        of_bucket.append(last)
    return Shards(len(number), of_bucket)


def partition_keys(partitions: int) -> list[int]:
    """For each partition, the smallest integer that Spark's hash partitioning assigns to it.

    `repartition(n, key)` puts a row into the partition pmod(Murmur3_x86_32(key, seed 42), n)
    (org.apache.spark.sql.catalyst.plans.physical.HashPartitioning).
    """
    found: dict[int, int] = {}
    start, step = 0, max(64, 4 * partitions)
    while len(found) < partitions:
        keys = np.arange(start, start + step, dtype=np.uint32)
        places = _murmur3(keys).view(np.int32).astype(np.int64) % partitions
        for place, first in zip(*np.unique(places, return_index=True), strict=True):
            found.setdefault(int(place), start + int(first))
        start += step
    return [found[partition] for partition in range(partitions)]


def _murmur3(keys: np.ndarray) -> np.ndarray:
    """MurmurHash3_x86_32 (Austin Appleby) of integers of four bytes each, with Spark's seed 42."""
    with np.errstate(over="ignore"):
        k = _rotated(keys * np.uint32(0xCC9E2D51), 15) * np.uint32(0x1B873593)
        h = _rotated(np.uint32(42) ^ k, 13) * np.uint32(5) + np.uint32(0xE6546B64)
        h ^= np.uint32(4)
        for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
            h = (h ^ (h >> np.uint32(shift))) * np.uint32(factor)
        return h ^ (h >> np.uint32(16))


def _rotated(values: np.ndarray, bits: int) -> np.ndarray:
    return (values << np.uint32(bits)) | (values >> np.uint32(32 - bits))
