"""A sentence encoder that was exported to ONNX: a folder with `model.onnx` and `tokenizer.json`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.models.backends.files import token_ids, tokenizer
from decantry.jobs.process.errors import UserError, first_line
from decantry.jobs.setup.digest import digest_of, export_files

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME = "onnx"
WINDOW, WINDOWS = 256, 4
"""The length of a window in tokens, as in the training of all-MiniLM-L6-v2, and the most windows of a text."""
MOST_CHARACTERS = WINDOW * WINDOWS * 8


class Network:
    """An exported network and its tokenizer, in one thread. It maps a sequence of tokens to the network's output."""

    def __init__(self, folder: Path) -> None:
        """Load the export in `folder`. Raises UserError if a file or onnxruntime is missing, or if loading fails."""
        files = export_files(folder)
        if not folder.is_dir() or not files:
            raise UserError(f"{folder} has no .onnx file with a tokenizer.json: name the folder of an export")
        self.sha256 = digest_of(files)
        try:
            import onnxruntime
        except ImportError as error:
            raise UserError("the backend onnx needs onnxruntime: pip install 'decantry[onnx]'") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(str(files[0]), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise UserError(f"{files[0]} cannot be loaded: {first_line(error)}") from error
        self._tokenizer: Any = tokenizer(files[1], NAME)
        self._inputs = {each.name for each in self._session.get_inputs()}
        self.around: list[int] = self._tokenizer.encode("").ids
        """The tokens that the tokenizer adds before and after a text."""

    def tokens(self, text: str) -> list[int]:
        """The text's tokens, without the added ones."""
        return token_ids(self._tokenizer, text)

    def __call__(self, tokens: Sequence[int]) -> NDArray[Any]:
        """The network's first output for the tokens, with the added ones around them."""
        import numpy as np

        row = np.array([[*self.around[:1], *tokens, *self.around[1:]]], np.int64)
        known = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
        return np.asarray(self._session.run(None, {n: value for n, value in known.items() if n in self._inputs})[0])


class Onnx:
    """The backend of an encoder that was exported to ONNX."""

    def __init__(self, folder: Path) -> None:
        """Load the export in `folder`. Raises UserError as Network does."""
        self._network = Network(folder)
        self.name, self.sha256 = f"{NAME}:{folder}", self._network.sha256
        self.dimension = len(self._window(self._network.tokens("a")))

    def embed(self, texts: Sequence[str]) -> NDArray[Any]:
        """For each text, the mean of its first windows, weighted by tokens; a window is the mean over its tokens."""
        import numpy as np

        rows = np.zeros((len(texts), self.dimension), np.float32)
        room = WINDOW - len(self._network.around)
        for number, text in enumerate(texts):
            ids = self._network.tokens(text[:MOST_CHARACTERS])
            parts = [ids[at : at + room] for at in range(0, max(1, len(ids)), room)][:WINDOWS]
            vectors = [self._window(part) for part in parts]
            rows[number] = np.average(vectors, axis=0, weights=[len(part) or 1 for part in parts])
        return rows

    def _window(self, tokens: Sequence[int]) -> NDArray[Any]:
        answer = self._network(tokens)
        return answer[0].mean(axis=0) if answer.ndim == 3 else answer[0]  # type: ignore[no-any-return]
