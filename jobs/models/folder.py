"""Checks the folder that a model is written to."""

from __future__ import annotations

import os
from pathlib import Path

from decantry.jobs.process.errors import UserError


def require_folder(folder: Path) -> None:
    """Raise UserError unless files can be written to the folder, or it can be created. Nothing is written."""
    whole = folder.absolute()
    nearest = next(each for each in (whole, *whole.parents) if os.path.lexists(each))
    if not nearest.is_dir():
        raise UserError(f"--to is {folder}, but {nearest} is not a folder: name another folder")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise UserError(f"--to is {folder}, but you cannot write to {nearest}: name another folder")
