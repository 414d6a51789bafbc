"""The file of a page that a command writes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from decantry.jobs.process.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


def require_writable(output: Path) -> None:
    """Raise UserError where the file cannot be written."""
    folder = output.parent
    if output.is_dir():
        raise UserError(f"--output is {output}, which is a folder: name a file in it, like {output / 'report.html'}")
    if not folder.is_dir():
        raise UserError(f"--output is {output}, and there is no folder {folder}: make it first")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UserError(f"--output is {output}, and the folder {folder} is not writable: name another one")


def write(output: Path, text: str) -> None:
    """Put the text into the file, all of it or nothing. Raises UserError where it cannot be."""
    draft = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(output)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UserError(f"--output is {output}, which cannot be written: {error.strerror}") from None
