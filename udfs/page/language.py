"""Language identification by a fastText model.

It is used to try a model. Documents get their languages from a native function (jobs/ingest/languages.py).
"""

from __future__ import annotations

from typing import Any


class ModelError(Exception):
    """A file is not a language model."""


class LanguageModel:
    """A fastText model that identifies a text's language."""

    def __init__(self, path: str) -> None:
        """Raises ModelError if the file is missing or is not a model."""
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
