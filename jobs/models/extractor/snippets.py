"""Measures how well an extractor finds the snippets that people marked as content, and avoids the others."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

DRAWS = 1000
"""The number of bootstrap samples."""


class Found(NamedTuple):
    """The numbers of content snippets that a text contains and lacks, and of other snippets that it contains."""

    right: int = 0
    missing: int = 0
    wrong: int = 0


def found(text: str, wanted: Sequence[str], unwanted: Sequence[str]) -> Found:
    """How many of the snippets occur in the text, exactly as they are."""
    right = sum(snippet in text for snippet in wanted)
    return Found(right, len(wanted) - right, sum(snippet in text for snippet in unwanted))


def total(counts: Iterable[Found]) -> Found:
    """The sum of the counts of several pages."""
    return Found(*map(sum, zip(*counts, strict=True)))


def precision(count: Found) -> float:
    """The share of content snippets among those found; 0 if none is found."""
    return count.right / (count.right + count.wrong or 1)


def recall(count: Found) -> float:
    """The share of content snippets that are found."""
    return count.right / (count.right + count.missing or 1)


def f1(count: Found) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * count.right / (2 * count.right + count.wrong + count.missing or 1)


def interval(hosts: Sequence[str], counts: Sequence[Found]) -> tuple[float, float]:
    """The 95 % interval of F1 over bootstrap samples of the hosts (Efron, 1979). The same for the same counts."""
    return _middle([f1(count) for (count,) in _samples(hosts, counts)])


def difference(hosts: Sequence[str], ours: Sequence[Found], theirs: Sequence[Found]) -> tuple[float, float]:
    """The 95 % interval of the difference of F1, ours minus theirs, over the same bootstrap samples for both."""
    return _middle([f1(our) - f1(their) for our, their in _samples(hosts, ours, theirs)])


def _samples(hosts: Sequence[str], *columns: Sequence[Found]) -> Iterable[list[Found]]:
    """The sums of each column over a sample of the hosts, drawn with replacement."""
    pages: dict[str, list[int]] = defaultdict(list)
    for page, host in enumerate(hosts):
        pages[host].append(page)
    sums = [tuple(total(column[page] for page in of) for column in columns) for of in pages.values()]
    chance = random.Random(0)
    for _ in range(DRAWS):
        sample = chance.choices(sums, k=len(sums))
        yield [total(row[column] for row in sample) for column in range(len(columns))]


def _middle(values: list[float]) -> tuple[float, float]:
    values = sorted(values)
    return values[int(0.025 * len(values))], values[int(0.975 * len(values))]
