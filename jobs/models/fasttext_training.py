"""Training of a fastText classifier: one thread and a seed, so that the same texts give the same bytes."""

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
"""Texts that are seen in training, over all passes, and the bounds of the passes: a few hundred texts want many."""
REPEATS = 100
"""The most times that a text is given to the library, which takes no weights."""
GOOD, OTHER = "__label__1", "__label__0"


def options(texts: int) -> dict[str, Any]:
    """What is given to the library for so many texts: single words, and as many passes as they want."""
    passes = max(FEWEST, min(MOST, round(STEPS / max(1, texts))))
    return {"dim": 16, "wordNgrams": 1, "minCount": 1, "bucket": 0, "loss": "softmax", "lr": 0.5, "epoch": passes}


class FastText:
    """A trained model."""

    def __init__(self, model: Any) -> None:
        """Wrap the library's model."""
        self._model = model

    def score(self, texts: Sequence[str]) -> NDArray[Any]:
        """The probability that a text is good, for each."""
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
    """A model of the texts, of which each is repeated by its weight's ratio to the mean weight.

    A class is repeated until both weigh about the same. A text is repeated a whole number of times, 1 to 100.
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
