"""A binary file that counts and hashes what is written to it."""

from __future__ import annotations

import hashlib
import io
from typing import Any, BinaryIO


class Sink(io.RawIOBase):
    """Passes bytes on to `file`, and does not close it. `size` is the number of bytes written."""

    def __init__(self, file: BinaryIO) -> None:
        """Start with no bytes."""
        self._file, self._hash, self.size = file, hashlib.sha256(), 0

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, data: Any) -> int:
        """Write all of the bytes, and return their number."""
        view = memoryview(data).cast("B")
        self._file.write(view)
        self._hash.update(view)
        self.size += len(view)
        return len(view)

    def tell(self) -> int:
        """The number of bytes written."""
        return self.size

    @property
    def sha256(self) -> str:
        """The digest of what was written, in hexadecimal digits."""
        return self._hash.hexdigest()
