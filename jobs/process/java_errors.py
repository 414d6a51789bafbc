"""Errors of Java in one line."""

from __future__ import annotations

from typing import Any

_FILES = ("java.io.", "java.nio.file.", "org.apache.hadoop.fs.")
_NOISE = ("SQLSTATE", "JVM stacktrace", "at org.", "at java.", "at scala.", "\tat ")


def first_line(error: BaseException) -> str:
    """The error's message in one line, without Spark's stack frames."""
    java = getattr(error, "java_exception", None)
    text = str(java.getMessage() or java.toString()) if java is not None else str(error)
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith(_NOISE)]
    line = (lines[0] if lines else type(error).__name__)[:500].partition(" SQLSTATE: ")[0]
    cause = _of_a_file_system(java or getattr(error, "_origin", None))
    return f"{line} ({cause})" if cause and cause not in line else line


def _of_a_file_system(java: Any) -> str | None:
    """The file system's message at the root of a chain of Java exceptions, such as "No space left", or None."""
    if java is None:
        return None
    while (cause := java.getCause()) is not None:
        java = cause
    message = java.getMessage() if java.getClass().getName().startswith(_FILES) else None
    return str(message).splitlines()[0][:200] if message else None
