"""What went wrong in Java, in one line."""

from __future__ import annotations

from typing import Any

_FILES = ("java.io.", "java.nio.file.", "org.apache.hadoop.fs.")
_NOISE = ("SQLSTATE", "JVM stacktrace", "at org.", "at java.", "at scala.", "\tat ")


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
