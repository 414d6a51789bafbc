"""A journal of labels: a file of JSON lines. Each line is on disk before the next text is labelled."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from decantry.jobs.label.label import Label
from decantry.jobs.process.errors import DecantryError, InfrastructureError, UserError

BEGINNING = b'{"id": '
"""The beginning of each line. A file with other lines is never changed."""


class Journal:
    """The file, locked by one process at a time. The kernel releases the lock when the process ends."""

    def __init__(self, path: Path, read: Callable[[dict[str, Any]], Label]) -> None:
        """Open or create the file, and read its labels with `read`. Then cut off an incomplete last line.

        A last line that only lacks its newline is kept. Raises InfrastructureError if another process has locked the
        file, UserError if it cannot be written or has lines that are not JSON objects, and what `read` raises for an
        object that is not a label. The file is then unchanged.
        """
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a+b")
        except OSError as error:
            raise UserError(f"{path} cannot be written: {error.strerror}; name another file") from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise InfrastructureError(
                f"another run is writing labels to {path}: run this again when it has ended"
            ) from None
        try:
            self.labels = self._read(read)
            """The labels that the file had when it was opened."""
        except DecantryError:
            self._file.close()
            raise

    def close(self) -> None:
        """Close and unlock the file."""
        self._file.close()

    def write(self, row: Mapping[str, Any]) -> None:
        """Append the row. Returns when it is on disk."""
        self._file.write(json.dumps(row).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def clear(self) -> None:
        """Remove all lines, after they were saved elsewhere."""
        self._file.truncate(0)
        os.fsync(self._file.fileno())

    def _read(self, read: Callable[[dict[str, Any]], Label]) -> list[Label]:
        self._file.seek(0)
        *lines, last = self._file.read().split(b"\n")
        whole = _object(last) is not None
        labels = []
        for number, line in enumerate([*lines, last] if whole else lines, 1):
            if (row := _object(line)) is None:
                raise UserError(f"{self.path}, line {number}, is not a JSON object: name another file")
            labels.append(read(row))
        if whole:
            self._file.write(b"\n")
            self._file.flush()
        elif not (last.startswith(BEGINNING) or BEGINNING.startswith(last)):
            raise UserError(f"{self.path}, line {len(lines) + 1}, is not a label: name another file")
        elif last:
            self._file.truncate(self._file.tell() - len(last))
        return labels


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None
