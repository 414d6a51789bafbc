"""The HTML or SVG file that a command writes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from decantry.jobs.process.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


def require_writable(output: Path, option: str = "--output") -> None:
    """Raise UserError if the file, which `option` names, cannot be written."""
    folder = output.parent
    if output.is_dir():
        raise UserError(f"{option} is {output}, which is a folder: name a file, like {output / 'report.html'}")
    if not folder.is_dir():
        raise UserError(f"{option} is {output}, but the folder {folder} does not exist: create it first")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UserError(f"{option} is {output}, but you cannot write to the folder {folder}: name another one")


def write(output: Path, text: str, option: str = "--output") -> None:
    """Write the text to the file, completely or not at all. Raises UserError if that fails."""
    draft = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(output)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UserError(f"{option} is {output}, which cannot be written: {error.strerror}") from None
