"""Labels that are kept at once: a file of JSON lines, each on the disk before the next text is asked about."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from decantry.jobs.process.errors import InfrastructureError, UserError

BEGINNING = b'{"id": '
"""How each line begins, so that nobody else's file is cut."""


class Journal:
    """The file, held by one process at a time; the kernel frees it when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        """Open or make the file. A last line that a killed process has not ended is cut off.

        Raises InfrastructureError if another process holds it, UserError if it cannot be written or has other lines.
        """
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a+b")
        except OSError as error:
            raise UserError(f"{path} cannot be written: {error.strerror}; name another place") from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise InfrastructureError(
                f"another run is labelling (it holds {path}): run again when it has ended"
            ) from None
        try:
            self.rows = self._read()
            """The lines that were there."""
        except UserError:
            self._file.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def write(self, row: Mapping[str, Any]) -> None:
        """Add the row; returns when it is on the disk."""
        self._file.write(json.dumps(row).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def clear(self) -> None:
        """Remove all lines: they are kept elsewhere."""
        self._file.truncate(0)
        os.fsync(self._file.fileno())

    def _read(self) -> list[dict[str, Any]]:
        self._file.seek(0)
        *lines, last = self._file.read().split(b"\n")
        rows = [_row(line, number, self.path) for number, line in enumerate(lines, 1)]
        if not (last.startswith(BEGINNING) or BEGINNING.startswith(last)):
            raise UserError(f"{self.path}, line {len(lines) + 1}, is none of a label: name another file")
        if last:
            self._file.truncate(self._file.tell() - len(last))
        return rows


def _row(line: bytes, number: int, path: Path) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        raise UserError(f"{path}, line {number}, is no JSON object: name another file") from None
    return row
