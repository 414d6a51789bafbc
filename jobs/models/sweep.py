"""What each threshold would keep, and how much of that is good."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Shares of documents to keep, for each of which its threshold is looked up."""
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Threshold:
    """Keeping the texts that score at least so much."""

    threshold: float
    documents: float
    """The share of documents that is kept."""
    characters: float
    tokens: float
    """The share of words and punctuation marks that is kept."""
    precision: float
    """The share of the kept that is good."""
    recall: float
    """The share of the good that is kept."""


def sweep(texts: Sequence[str], good: NDArray[Any], scores: NDArray[Any]) -> list[Threshold]:
    """A row for each threshold, from the strictest on."""
    import numpy as np

    characters = np.array([len(text) for text in texts], float)
    tokens = np.array([sum(1 for _ in _TOKEN.finditer(text)) for text in texts], float)
    falling = np.sort(scores)[::-1]
    rows = []
    for bound in dict.fromkeys(float(falling[max(0, round(share * len(scores)) - 1)]) for share in SHARES):
        kept = scores >= bound
        rows.append(
            Threshold(
                threshold=bound,
                documents=float(kept.mean()),
                characters=float(characters[kept].sum() / max(1.0, characters.sum())),
                tokens=float(tokens[kept].sum() / max(1.0, tokens.sum())),
                precision=float(good[kept].mean()),
                recall=float(good[kept].sum() / good.sum()),
            )
        )
    return rows
