"""A classifier that was exported to ONNX and returns one number, like FineWeb-Edu's."""

from __future__ import annotations

from pathlib import Path

from decantry.jobs.models.backends.onnx import Network
from decantry.jobs.process.errors import UserError

MOST_TOKENS = 512
"""How many tokens of a text are read, with the tokens at its ends. huggingface/cosmopedia
classification/run_edu_bert.py cuts texts at this length, which is the maximum of snowflake-arctic-embed-m."""
MOST_CHARACTERS = 50_000
"""How many characters of a text are passed to the tokenizer, which would read all of it. In ordinary texts they have
all tokens that count."""


class Export:
    """The classifier. Its output is the score."""

    def __init__(self, folder: Path) -> None:
        """Load the classifier. Raises UserError if that fails, or if it does not return exactly one number."""
        self._network = Network(folder)
        shape = self._network([]).shape
        if shape not in ((1, 1), (1,)):
            raise UserError(
                f"the export in {folder} returns {' x '.join(map(str, shape))} numbers for a text, and a score is one: "
                "name a classifier with one output, or train a head on it with --backend onnx:FOLDER"
            )

    def __call__(self, text: str) -> float:
        """The score of the text, computed from its first tokens."""
        tokens = self._network.tokens(text[:MOST_CHARACTERS])
        return float(self._network(tokens[: MOST_TOKENS - len(self._network.around)]).reshape(()))
