"""Arrays of numbers, in memory up to a limit and in a temporary file beyond it."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Arrays:
    """A list of int64 arrays. The first ones are kept in memory, up to `memory` bytes; the others are in a file.

    The file has no name, so the system removes it when the process ends, for whatever reason.
    """

    def __init__(self, memory: int) -> None:
        """An empty list."""
        self.memory = memory
        self.free = memory
        self.items: list[NDArray[np.int64] | tuple[int, int]] = []
        self.file: Any = None
        self.end = 0

    def __len__(self) -> int:
        """The number of arrays."""
        return len(self.items)

    def append(self, array: NDArray[np.int64]) -> None:
        """Add a copy of the array."""
        if array.nbytes <= self.free:
            self.free -= array.nbytes
            self.items.append(array.copy())
            return
        if self.file is None:
            self.file = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as the list)
        self.file.seek(self.end)
        self.file.write(array.tobytes())
        self.file.flush()
        self.items.append((self.end, array.nbytes))
        self.end += array.nbytes

    def bytes_at(self, index: int) -> int:
        """The size of the array at the index, in bytes."""
        found = self.items[index]
        return found[1] if isinstance(found, tuple) else found.nbytes

    def __getitem__(self, index: int) -> NDArray[np.int64]:
        """The array at the index."""
        import numpy as np

        found = self.items[index]
        if not isinstance(found, tuple):
            return found
        start, size = found
        return np.frombuffer(os.pread(self.file.fileno(), size, start), np.int64)

    def clear(self) -> None:
        """Remove all arrays."""
        self.items.clear()
        self.free, self.end = self.memory, 0
        if self.file is not None:
            self.file.truncate(0)
