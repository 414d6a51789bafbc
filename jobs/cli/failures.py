"""Turns any failure into one line for people and one exit code for schedulers."""

from __future__ import annotations

import os
import tempfile
import traceback
from pathlib import Path
from typing import Any

import typer

from decantry.jobs.process.errors import DecantryError
from decantry.jobs.process.java_errors import first_line
from decantry.jobs.process.secrets import redacted
from decantry.jobs.process.terminal import harmless

BAD_USAGE: Any = typer.BadParameter.__bases__[0]
"""The errors that the option parser raises for wrong arguments."""


def code_and_line(error: BaseException) -> tuple[int, str]:
    """The exit code of `error`, and its message in one line. If the error is unexpected, the line also names a file
    with the traceback.
    """
    if isinstance(error, DecantryError):
        return error.exit_code, _safe(str(error))
    if isinstance(error, BAD_USAGE):
        command = error.ctx.command_path if error.ctx else "decantry"
        return error.exit_code, f"{_safe(error.format_message())} (see `{command} --help`)"
    line = first_line(error)
    details = _traceback_file(error)
    return 3, _safe(line) + (f" (details in {details})" if details else "")


def _safe(line: str) -> str:
    """The line without secrets, and without terminal escapes from a page or a list."""
    return harmless(redacted(line))


def _traceback_file(error: BaseException) -> str | None:
    """The path of a file with the traceback, which only this user can read; None if it cannot be written."""
    try:
        handle, name = tempfile.mkstemp(prefix="decantry-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(redacted("".join(traceback.format_exception(error))))
    except OSError:
        return None
    return str(Path(name))
