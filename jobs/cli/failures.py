"""Any failure as one line for people and one exit code for schedulers."""

from __future__ import annotations

import os
import tempfile
import traceback
from pathlib import Path
from typing import Any

import typer

from decantry.jobs.errors import DecantryError
from decantry.jobs.terminal import harmless
from decantry.jobs.tracking.secrets import redacted

BAD_USAGE: Any = typer.BadParameter.__bases__[0]
"""What the option parser raises for words that it cannot use."""
_FILES = ("java.io.", "java.nio.file.", "org.apache.hadoop.fs.")
_NOISE = ("SQLSTATE", "JVM stacktrace", "at org.", "at java.", "at scala.", "\tat ")


def told(error: BaseException) -> tuple[int, str]:
    """The exit code of `error` and the line that tells it; a failure of ours also names a file with the traceback."""
    if isinstance(error, DecantryError):
        return error.exit_code, _safe(str(error))
    if isinstance(error, BAD_USAGE):
        command = error.ctx.command_path if error.ctx else "decantry"
        return error.exit_code, f"{_safe(error.format_message())} (see `{command} --help`)"
    line = first_line(error)
    details = _written_down(error)
    return 3, _safe(line) + (f" (details in {details})" if details else "")


def _safe(line: str) -> str:
    """The line without secrets, and without what a page or a list may have put into it to steer a terminal."""
    return harmless(redacted(line))


def first_line(error: BaseException) -> str:
    """What went wrong, without Spark's frames and without a second line."""
    java = getattr(error, "java_exception", None)
    text = str(java.getMessage() or java.toString()) if java is not None else str(error)
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith(_NOISE)]
    line = (lines[0] if lines else type(error).__name__)[:500].partition(" SQLSTATE: ")[0]
    cause = _of_a_file_system(java or getattr(error, "_origin", None))
    return f"{line} ({cause})" if cause and cause not in line else line


def _of_a_file_system(java: Any) -> str | None:
    """What a file system said at the beginning of a chain of Java's exceptions, such as that it is full, if one did."""
    if java is None:
        return None
    while (cause := java.getCause()) is not None:
        java = cause
    told = java.getMessage() if java.getClass().getName().startswith(_FILES) else None
    return str(told).splitlines()[0][:200] if told else None


def _written_down(error: BaseException) -> str | None:
    """A file of this user's alone that holds the traceback; null where there is no room for it."""
    try:
        handle, name = tempfile.mkstemp(prefix="decantry-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(redacted("".join(traceback.format_exception(error))))
    except OSError:
        return None
    return str(Path(name))
