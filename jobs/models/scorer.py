"""Scores texts in Python with a head on embeddings or an ONNX export, which is loaded once in each process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Protocol

from decantry.jobs.models.backends.backend import Backend
from decantry.jobs.models.backends.choice import backend
from decantry.jobs.models.export import Export
from decantry.jobs.models.features import SURFACE, blocks
from decantry.jobs.models.head import Head
from decantry.jobs.models.head_file import load
from decantry.jobs.process.errors import UserError
from decantry.jobs.setup.digest import digest, digest_of, export_files

LocalNames = tuple[tuple[str, str], ...]
"""Pairs of a backend's name in the head's file, and the name by which it is loaded on this machine."""


class Scorer(Protocol):
    """A model that scores one text at a time, so that a score cannot depend on other texts."""

    def __call__(self, text: str) -> float:
        """The score of the text."""


class HeadScorer:
    """A head and the backends that it was fitted on."""

    def __init__(self, path: Path, local_names: LocalNames = ()) -> None:
        """Load both. Raises UserError if a backend is missing, or differs from the one that the head was trained on."""
        self._head, digests = load(path)
        names = dict(local_names)
        self._backends = {name: _fitting(path, name, names.get(name, name), own) for name, own in digests.items()}

    def __call__(self, text: str) -> float:
        """The score of the text."""
        import numpy as np

        found = blocks([text], (), with_surface=SURFACE in self._head.scales)
        found |= {name: np.asarray(made.embed([text]), float) for name, made in self._backends.items()}
        return float(self._head(found)[0])


def gives(head: Head) -> str:
    """What the head predicts: the `score` that people would give, or the `probability` that a text is good."""
    return "score" if head.scored else "probability"


@lru_cache(maxsize=4)
def scorer(path: str, sha256: str, local_names: LocalNames = ()) -> Scorer:
    """The scorer in a head's file or an export's folder, loaded once in each process.

    Raises UserError if the file has another sha256.
    """
    model = Path(path)
    found = digest_of(export_files(model)) if model.is_dir() else digest(model)
    if found != sha256:
        raise UserError(f"the model {path} was changed while it was in use: its sha256 is {found}, not {sha256}")
    return Export(model) if model.is_dir() else HeadScorer(model, local_names)


def _fitting(path: Path, name: str, local_name: str, sha256: str) -> Backend:
    made = backend(local_name)
    if made.sha256 != sha256:
        raise UserError(
            f"{path} was trained on {name} with sha256 {sha256}, but the installed {name} has sha256 {made.sha256}: "
            "install the version that it was trained on, or train it again"
        )
    return made
