"""One round of each soak test. `make soak` and `make interruptions` run many."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def said(*words: str) -> str:
    """The output of the command. Fails if its exit code is not 0."""
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_round_of_damaged_archives_and_hostile_pages_loses_nothing() -> None:
    assert "seed 1: " in said("tests.soak", "--seconds", "0")


def test_a_round_of_interruptions_ends_as_undisturbed() -> None:
    assert "; the same as undisturbed" in said("tests.soak.interruptions", "--rounds", "1")
