"""WordLlama: the mean of the static vectors of a text's tokens, with the weights from its wheel (MIT).

The package itself is not imported, because it would download a tokenizer that is already in its folder.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.models.backends.files import packaged, tokenizer
from decantry.jobs.models.backends.pieces import Pieces
from decantry.jobs.models.well_formed import well_formed
from decantry.jobs.setup.digest import digest_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME, DIMENSION = "wordllama", 256
MOST_CHARACTERS = 20_000
"""How many characters of a text are read."""
_TENSOR = "embedding.weight"


class WordLlama:
    """The backend. It has vectors of 32,000 tokens."""

    name, dimension = NAME, DIMENSION

    def __init__(self) -> None:
        """Load the vectors and the tokenizer. Raises UserError if wordllama or tokenizers is not installed."""
        import numpy as np

        inside = (f"weights/l2_supercat_{DIMENSION}.safetensors", "tokenizers/l2_supercat_tokenizer_config.json")
        files = packaged("wordllama", NAME, *inside)
        self.sha256 = digest_of(files)
        self._vectors = tensor(files[0], _TENSOR).astype(np.float32)
        self._pieces = Pieces(tokenizer(files[1], NAME))

    def embed(self, texts: Sequence[str]) -> NDArray[Any]:
        """The mean of the tokens' vectors; zeros for a text without tokens."""
        import numpy as np

        rows = np.zeros((len(texts), DIMENSION), np.float32)
        for number, text in enumerate(texts):
            if ids := self._pieces.ids(well_formed(text[:MOST_CHARACTERS])):
                rows[number] = self._vectors[ids].mean(axis=0)
        return rows


def tensor(file: Path, name: str) -> NDArray[Any]:
    """A tensor of a safetensors file, which has 8 bytes with the length of a JSON header, the header, the numbers."""
    import numpy as np

    content = file.read_bytes()
    end = 8 + int.from_bytes(content[:8], "little")
    about = json.loads(content[8:end])[name]
    kind = {"F16": np.float16, "F32": np.float32}[about["dtype"]]
    first, last = about["data_offsets"]
    return np.frombuffer(content[end + first : end + last], kind).reshape(about["shape"])
