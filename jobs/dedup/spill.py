"""Arrays of numbers that are kept in memory up to a bound, and in a temporary file beyond it."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Arrays:
    """A list of int64 arrays. The first ones stay in memory, up to `memory` bytes; the others go to a file.

    The file has no name, so it is gone with the process, however that ends.
    """

    def __init__(self, memory: int) -> None:
        """An empty list."""
        self.memory = memory
        self.free = memory
        self.held: list[NDArray[np.int64] | tuple[int, int]] = []
        self.file: Any = None
        self.end = 0

    def __len__(self) -> int:
        """How many arrays there are."""
        return len(self.held)

    def append(self, array: NDArray[np.int64]) -> None:
        """Keep a copy of the array."""
        if array.nbytes <= self.free:
            self.free -= array.nbytes
            self.held.append(array.copy())
            return
        if self.file is None:
            self.file = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as the list)
        self.file.seek(self.end)
        self.file.write(array.tobytes())
        self.file.flush()
        self.held.append((self.end, array.nbytes))
        self.end += array.nbytes

    def bytes_at(self, place: int) -> int:
        """The size of the array at that place."""
        found = self.held[place]
        return found[1] if isinstance(found, tuple) else found.nbytes

    def __getitem__(self, place: int) -> NDArray[np.int64]:
        """The array at that place."""
        import numpy as np

        found = self.held[place]
        if not isinstance(found, tuple):
            return found
        start, size = found
        return np.frombuffer(os.pread(self.file.fileno(), size, start), np.int64)

    def clear(self) -> None:
        """Forget all arrays."""
        self.held.clear()
        self.free, self.end = self.memory, 0
        if self.file is not None:
            self.file.truncate(0)
