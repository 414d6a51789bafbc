"""Trains a fastText classifier in one thread and with a seed, so that the same texts give the same bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.models.fasttext_file import library, save
from decantry.jobs.models.words import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEPS, FEWEST, MOST = 3000, 5, 50
"""The number of texts seen in training, over all passes, and the bounds of the number of passes. A few hundred texts
need many passes."""
REPEATS = 100
"""The most times that a text is repeated. Repetitions stand for weights, which the library does not have."""
GOOD, OTHER = "__label__1", "__label__0"


def options(texts: int) -> dict[str, Any]:
    """The options of the library for this many texts: single words, and enough passes."""
    passes = max(FEWEST, min(MOST, round(STEPS / max(1, texts))))
    return {"dim": 16, "wordNgrams": 1, "minCount": 1, "bucket": 0, "loss": "softmax", "lr": 0.5, "epoch": passes}


class FastText:
    """A trained classifier."""

    def __init__(self, model: Any) -> None:
        """Wrap the library's model."""
        self._model = model

    def score(self, texts: Sequence[str]) -> NDArray[Any]:
        """For each text, the probability that it is good."""
        import numpy as np

        found = []
        for text in texts:
            answer = self._model.f.predict(words(text) + "\n", 2, 0.0, "strict")
            found.append(min(1.0, next((share for share, label in answer if label == GOOD), 0.0)))
        return np.array(found)

    def save(self, path: Path) -> None:
        """Write the model as a fastText file."""
        save(self._model, path)


def train(texts: Sequence[str], good: Sequence[bool], weights: Sequence[float], seed: int) -> FastText:
    """A model trained on the texts. Each text is repeated by the ratio of its weight to the mean weight.

    The lighter class is repeated until both classes have about the same weight. A text is repeated 1 to 100 times.
    """
    floret = library()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts"
        file.write_text("".join(_lines(texts, good, weights)), encoding="utf-8", errors="replace")
        given = {**options(len(texts)), "thread": 1, "seed": seed, "verbose": 0}
        return FastText(floret.train_supervised(input=str(file), **given))


def _lines(texts: Sequence[str], good: Sequence[bool], weights: Sequence[float]) -> list[str]:
    import numpy as np

    mean = sum(weights) / len(weights)
    masses = {side: sum(w for w, one in zip(weights, good, strict=True) if one == side) for side in (True, False)}
    most = max(masses.values())
    repeated = []
    for text, one, weight in zip(texts, good, weights, strict=True):
        line = f"{GOOD if one else OTHER} {words(text)}\n"
        repeated += [line] * max(1, min(REPEATS, round(weight / mean * (most / masses[one]))))
    np.random.default_rng(0).shuffle(repeated)
    return repeated
