"""Copies of the project for the mutants, so no file of the checkout changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.mutants.mutant import Mutant

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(
    *(".git", ".venv", "build", "dist", "demo-lake", "__pycache__", "*.egg-info", ".hypothesis", ".*_cache", "mlruns"),
    *("spark-warehouse", "metastore_db"),
)


def copied(to: Path) -> Path:
    """A copy of the project: sources, tests and the native jars."""
    shutil.copytree(ROOT, to, ignore=LEFT_OUT, symlinks=True)
    return to


@contextmanager
def wrong(copy: Path, mutant: Mutant) -> Iterator[None]:
    """Put the mutant into the copy, and undo that at the end."""
    place = copy / mutant.file
    right = place.read_text(encoding="utf-8")
    place.write_text(mutant.applied(copy), encoding="utf-8")
    try:
        yield
    finally:
        place.write_text(right, encoding="utf-8")
