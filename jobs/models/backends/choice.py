"""Finds a backend by the name that `--backend` or a saved head gives."""

from __future__ import annotations

from pathlib import Path

from decantry.jobs.models.backends import onnx, universal, wordllama
from decantry.jobs.models.backends.backend import Backend
from decantry.jobs.process.errors import UserError

NAMES = f"{wordllama.NAME}, {universal.NAME}, or onnx:FOLDER"


def backend(name: str) -> Backend:
    """The backend, loaded. Raises UserError for an unknown name, or if a package is not installed."""
    if name == wordllama.NAME:
        return wordllama.WordLlama()
    if name == universal.NAME:
        return universal.Universal()
    if name.startswith(f"{onnx.NAME}:"):
        return onnx.Onnx(Path(name.removeprefix(f"{onnx.NAME}:")).expanduser())
    raise UserError(f"there is no backend {name}: use {NAMES}")
