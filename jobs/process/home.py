"""The user's cache folder, and what to do if something is missing in it."""

from __future__ import annotations

import os
from pathlib import Path

RUN_SETUP = "run `decantry setup` once"
"""What a message advises if a file of the cache is missing."""


def home() -> Path:
    """The root of the cache: DECANTRY_HOME, else ~/.cache/decantry."""
    return Path(os.environ.get("DECANTRY_HOME") or Path.home() / ".cache" / "decantry")
