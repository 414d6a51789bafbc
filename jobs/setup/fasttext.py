"""The fastText models that recipes name, checked before their use."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from decantry.jobs.setup.digest import digest
from decantry.udfs.page.classifier import MAGIC, labels_of


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
def _labels(path: Path, sha256: str) -> tuple[str, ...]:
    """The labels. The sha256 is part of the cache key, so that a changed file is read again."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise ValueError("it is not a fastText model")
    return tuple(labels_of(str(path)))
