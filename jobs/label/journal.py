"""Labels that are kept at once: a file of JSON lines, each on the disk before the next text is asked about."""

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
"""How each line begins, so that nobody else's file is cut."""


class Journal:
    """The file, held by one process at a time; the kernel frees it when the process ends, however it ends."""

    def __init__(self, path: Path, read: Callable[[dict[str, Any]], Label]) -> None:
        """Open or make the file. A last line that is half written is cut off, once `read` took the others.

        A last line that only lacks its newline is kept. Raises InfrastructureError if another process holds the file,
        UserError if it cannot be written or has lines that are no JSON objects, and what `read` raises for an object
        that is no label. The file is then as it was.
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
            self.labels = self._read(read)
            """The labels that were there."""
        except DecantryError:
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

    def _read(self, read: Callable[[dict[str, Any]], Label]) -> list[Label]:
        self._file.seek(0)
        *lines, last = self._file.read().split(b"\n")
        whole = _object(last) is not None
        labels = []
        for number, line in enumerate([*lines, last] if whole else lines, 1):
            if (row := _object(line)) is None:
                raise UserError(f"{self.path}, line {number}, is no JSON object: name another file")
            labels.append(read(row))
        if whole:
            self._file.write(b"\n")
            self._file.flush()
        elif not (last.startswith(BEGINNING) or BEGINNING.startswith(last)):
            raise UserError(f"{self.path}, line {len(lines) + 1}, is none of a label: name another file")
        elif last:
            self._file.truncate(self._file.tell() - len(last))
        return labels


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None
