"""A classifier that was exported to ONNX and gives one number, as FineWeb-Edu's does."""

from __future__ import annotations

from pathlib import Path

from decantry.jobs.models.backends.onnx import Network
from decantry.jobs.process.errors import UserError

MOST_TOKENS = 512
"""Tokens that are read of a text, those at its ends included: huggingface/cosmopedia classification/run_edu_bert.py
cuts texts so, and snowflake-arctic-embed-m takes no more."""
MOST_CHARACTERS = 50_000
"""What the tokenizer is given of a text, which it would read to its end: all tokens that count but for odd texts."""


class Export:
    """The classifier; its number is the score."""

    def __init__(self, folder: Path) -> None:
        """Load it. Raises UserError where it cannot be loaded, or gives something else than one number."""
        self._network = Network(folder)
        shape = self._network([]).shape
        if shape not in ((1, 1), (1,)):
            raise UserError(
                f"the export in {folder} gives {' x '.join(map(str, shape))} numbers for a text, and a score is one: "
                "name a classifier with one output, or train a head on it with --backend onnx:FOLDER"
            )

    def __call__(self, text: str) -> float:
        """The score of the text, by its first tokens."""
        tokens = self._network.tokens(text[:MOST_CHARACTERS])
        return float(self._network(tokens[: MOST_TOKENS - len(self._network.around)]).reshape(()))
