"""The kinds of classifiers: how each is trained on rows, evaluated, and written to a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from decantry.jobs.models import fasttext_training, surface, words
from decantry.jobs.models.backends.backend import Backend
from decantry.jobs.models.examples import Examples
from decantry.jobs.models.fasttext_file import library
from decantry.jobs.models.features import SURFACE, blocks
from decantry.jobs.models.head import PENALTIES, Judged, fit
from decantry.jobs.models.head_file import save
from decantry.jobs.models.outcome import Plan

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Kind(Protocol):
    """A kind of classifier, with the texts to train it on."""

    @property
    def file(self) -> str:
        """The name of the model's file."""

    def settings(self) -> dict[str, str]:
        """The settings of the training, for the card and the run."""

    def scorer(self, train: NDArray[Any], test: NDArray[Any]) -> NDArray[Any]:
        """The scores of the rows `test` by a model of the rows `train`."""

    def write(self, rows: NDArray[Any], path: Path) -> None:
        """Train on `rows` and write the model's file."""


@dataclass(frozen=True)
class FastTextKind:
    """A fastText classifier on texts in the form of `words`."""

    judged: Examples
    seed: int
    file = "model.bin"

    def __post_init__(self) -> None:
        """Raises UserError if the library is missing."""
        library()

    def settings(self) -> dict[str, str]:
        """The library's options and the version of the words."""
        return {
            **{name: str(value) for name, value in fasttext_training.options(sum(self.judged.trained)).items()},
            "words": f"words@{words.VERSION}",
            "good_label": fasttext_training.GOOD,
        }

    def scorer(self, train: NDArray[Any], test: NDArray[Any]) -> NDArray[Any]:
        """The scores of the rows `test` by a model of the rows `train`."""
        return self._train(train).score([self.judged.texts[row] for row in test])

    def write(self, rows: NDArray[Any], path: Path) -> None:
        """Train on `rows` and write a fastText file."""
        self._train(rows).save(path)

    def _train(self, rows: NDArray[Any]) -> fasttext_training.FastText:
        given: tuple[Sequence[str], Sequence[bool], Sequence[float]] = (
            [self.judged.texts[row] for row in rows],
            [self.judged.good[row] for row in rows],
            [self.judged.weights[row] for row in rows],
        )
        return fasttext_training.train(*given, self.seed)


class EmbeddingKind:
    """A head on embeddings and surface features."""

    file = "head.json"

    def __init__(
        self, judged: Examples, parts: Plan, backends: Sequence[Backend], seed: int, with_surface: bool
    ) -> None:
        """Embed all texts once. Embeddings are frozen, so this does not leak between folds."""
        import numpy as np

        self._seed, self._scored, self._backends = seed, judged.scored, backends
        found = blocks(judged.texts, backends, with_surface=with_surface)
        values, weights = np.array(judged.values, float), np.array(judged.weights, float)
        self._judged = Judged(found, values, parts.good, weights, parts.families)

    def settings(self) -> dict[str, str]:
        """The blocks with their versions or digests, and the penalties from which inner folds choose."""
        made = {SURFACE: f"surface@{surface.VERSION}"} if SURFACE in self._judged.found else {}
        return {
            **made,
            **{each.name: each.sha256 for each in self._backends},
            "head": "ridge" if self._scored else "logistic",
            "penalties": ", ".join(f"{each:g}" for each in PENALTIES),
        }

    def scorer(self, train: NDArray[Any], test: NDArray[Any]) -> NDArray[Any]:
        """The scores of the rows `test` by a head of the rows `train`."""
        head = fit(self._judged.rows(train), self._seed, scored=self._scored)
        return head(self._judged.rows(test).found)

    def write(self, rows: NDArray[Any], path: Path) -> None:
        """Fit to `rows` and write the head's file."""
        head = fit(self._judged.rows(rows), self._seed, scored=self._scored)
        save(head, {each.name: each.sha256 for each in self._backends}, path)
