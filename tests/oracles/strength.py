"""PreSelect's score of a text, and its training texts, one comparison at a time."""

from __future__ import annotations

import math


def score(losses: dict[str, float], benchmark: dict[str, float]) -> int | None:
    """The number of pairs of models that the losses order as the benchmark does; None if a loss is missing."""
    if any(not math.isfinite(losses[model]) for model in benchmark):
        return None
    agreed = 0
    models = list(benchmark)
    for i in range(len(models)):
        for j in range(i + 1, len(models)):
            one, two = models[i], models[j]
            better_by_benchmark = benchmark[one] - benchmark[two]
            better_by_losses = losses[two] - losses[one]
            if better_by_benchmark * better_by_losses > 0:
                agreed += 1
    return agreed


def chosen(scores: list[int | None], highest: int) -> tuple[list[int], list[int]]:
    """The positions of the texts with the highest scores, and of as many with the lowest, in order."""
    good = [at for at, mine in enumerate(scores) if mine == highest]
    bad: list[int] = []
    for low in range(highest):
        for at, mine in enumerate(scores):
            if mine == low and len(bad) < len(good):
                bad.append(at)
    return good, sorted(bad)
