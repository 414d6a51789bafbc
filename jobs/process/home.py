"""Where this user's cache lies, and the one line that names the mend when something is not there."""

from __future__ import annotations

import os
from pathlib import Path

MEND = "run `decantry setup` once"


def home() -> Path:
    """The root of the cache: DECANTRY_HOME, else ~/.cache/decantry."""
    return Path(os.environ.get("DECANTRY_HOME") or Path.home() / ".cache" / "decantry")
