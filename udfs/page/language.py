"""Language identification by a fastText model, which is verified by sha256.

It is used to try a model. Documents get their languages from a native function (jobs/ingest/languages.py).
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any


class ModelError(Exception):
    """A language model is missing, or is not the one that was named."""


class LanguageModel:
    """A fastText model that identifies a text's language."""

    def __init__(self, path: str, sha256: str | None = None) -> None:
        """Raises ModelError if the file is missing, is not a model, or has another sha256."""
        self.sha256 = sha256_of(path)
        if sha256 and sha256 != self.sha256:
            raise ModelError(f"the language model {path} has sha256 {self.sha256}, not {sha256}")
        import fasttext

        try:
            self._model: Any = fasttext.load_model(path)
        except ValueError as error:
            raise ModelError(f"the language model {path} is not a fastText model: {error}") from None

    def identify(self, text: str) -> tuple[str | None, float | None]:
        """The language, as the model names it, and its score; None for both if the text has no visible character."""
        if not text or text.isspace():
            return None, None
        labels, scores = self._model.predict(text.replace("\n", " "), k=1)
        if not len(labels):
            return None, None
        return labels[0].removeprefix("__label__"), min(1.0, float(scores[0]))


@cache
def sha256_of(path: str) -> str:
    """The file's sha256 in hexadecimal. Raises ModelError if there is no such file."""
    digest = hashlib.sha256()
    try:
        with Path(path).open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise ModelError(f"the language model {path} cannot be read: {error.strerror}") from None
    return digest.hexdigest()
