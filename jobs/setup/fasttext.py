"""The fastText models that recipes name, checked before their use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from decantry.jobs.setup.digest import digest
from decantry.udfs.page.classifier import MAGIC, knows_any, labels_of

_LINE_ENDS = ("¶.s", "¶.m", "¶.l", "¶-s", "¶-m", "¶-l")
"""The words that `model_words` adds at the ends of lines (jobs/models/words.py). No other text has them."""
_LABELS_SHOWN = 8


def fasttext_model(path: Path, sha256: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The sha256 and the labels of a fastText model.

    Raises FileNotFoundError if there is no file. Raises ValueError if the file has another sha256 than the given one,
    is not a fastText model, is cut short, or has no labels (as a file of word vectors).
    """
    if not path.is_file():
        raise FileNotFoundError("there is no such file")
    own = digest(path)
    if sha256 is not None and own != sha256:
        raise ValueError(f"its sha256 is {own}, the recipe names {sha256}")
    labels = _labels(path, own)
    if not labels:
        raise ValueError("it has no labels: give a model that was trained with `supervised`")
    return own, labels


@lru_cache(maxsize=16)
def wants_words(path: Path, sha256: str) -> bool:
    """Whether the model was trained by `decantry train fasttext`, so that it needs texts in the form of `model_words`.

    The sha256 is part of the cache key. Raises ValueError if the file is cut short.
    """
    return knows_any(str(path), _LINE_ENDS)


def shown(labels: Sequence[str]) -> str:
    """The first labels, for a message."""
    return ", ".join(labels[:_LABELS_SHOWN]) + (", ..." if len(labels) > _LABELS_SHOWN else "")


@lru_cache(maxsize=16)
def _labels(path: Path, sha256: str) -> tuple[str, ...]:
    """The labels. The sha256 is part of the cache key, so that a changed file is read again."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise ValueError("it is not a fastText model")
    return tuple(labels_of(str(path)))
