"""A sentence encoder exported to ONNX: a folder with `model.onnx` and `tokenizer.json`, as Hugging Face has them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.models.backends.files import digest_of, tokenizer
from decantry.jobs.models.well_formed import well_formed
from decantry.jobs.process.errors import UserError

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME = "onnx"
WINDOW, WINDOWS = 256, 4
"""Tokens of a window, as all-MiniLM-L6-v2 was trained, and how many windows of a text are read."""
MOST_CHARACTERS = WINDOW * WINDOWS * 8


class Onnx:
    """The encoder, in one thread."""

    def __init__(self, folder: Path) -> None:
        """Load the export in `folder`. Raises UserError where a file or onnxruntime is missing, or it is no encoder."""
        found = [next(folder.rglob(name), None) for name in ("*.onnx", "*tokenizer.json")]
        if not folder.is_dir() or None in found:
            raise UserError(f"{folder} has no .onnx file with a tokenizer.json: name the folder of an export")
        files = [file for file in found if file is not None]
        self.name, self.sha256 = f"{NAME}:{folder}", digest_of(files)
        try:
            import onnxruntime
        except ImportError as error:
            raise UserError("the backend onnx needs onnxruntime: pip install 'decantry[onnx]'") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(str(files[0]), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise UserError(f"{files[0]} cannot be loaded: {str(error).splitlines()[0]:.200}") from error
        self._tokenizer: Any = tokenizer(files[1], NAME)
        self._inputs = {each.name for each in self._session.get_inputs()}
        self.dimension = len(self._window(self._tokenizer.encode("a").ids))

    def embed(self, texts: Sequence[str]) -> NDArray[Any]:
        """The mean over a text's first windows, by their tokens, of the mean over each window's tokens."""
        import numpy as np

        rows = np.zeros((len(texts), self.dimension), np.float32)
        for number, text in enumerate(texts):
            ids = self._tokenizer.encode(well_formed(text[:MOST_CHARACTERS]), add_special_tokens=False).ids
            around = self._tokenizer.encode("").ids  # what the tokenizer puts at the beginning and the end
            room = WINDOW - len(around)
            parts = [ids[at : at + room] for at in range(0, max(1, len(ids)), room)][:WINDOWS]
            vectors = [self._window([*around[:1], *part, *around[1:]]) for part in parts]
            rows[number] = np.average(vectors, axis=0, weights=[len(part) or 1 for part in parts])
        return rows

    def _window(self, ids: list[int]) -> NDArray[Any]:
        import numpy as np

        row = np.array([ids], np.int64)
        known = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
        answer = self._session.run(None, {name: value for name, value in known.items() if name in self._inputs})[0]
        return np.asarray(answer[0].mean(axis=0) if answer.ndim == 3 else answer[0])
