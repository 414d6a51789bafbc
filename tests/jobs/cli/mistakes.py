"""A row, a recipe and the type of a runner for the tests of mistakes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.command import Answer

Run = Callable[..., Answer]


ROW = {"id": "1", "url": "https://example.org/", "text": "A text."}


def recipe(folder: Path, steps: str) -> str:
    file = folder / "mine.yaml"
    file.write_text(f"recipe: mine\nsteps:\n{steps}\n")
    return str(file)
