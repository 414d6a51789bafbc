"""Computes what each threshold would keep, and how much of that is good."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""The shares of documents to keep whose thresholds are computed."""
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Threshold:
    """A threshold that keeps texts with at least this score, and what it keeps."""

    threshold: float
    documents: float
    """The share of kept documents."""
    characters: float
    tokens: float
    """The share of kept words and punctuation marks."""
    precision: float
    """The share of good texts among the kept ones."""
    recall: float
    """The share of kept texts among the good ones."""


def sweep(texts: Sequence[str], good: NDArray[Any], scores: NDArray[Any]) -> list[Threshold]:
    """The thresholds, the strictest first."""
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
