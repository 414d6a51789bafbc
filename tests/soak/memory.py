"""The memory of Spark's Python workers, as the kernel counts it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def largest_worker() -> int:
    """The resident bytes of the largest Python worker of this process's session; 0 if there is none."""
    sizes = [0]
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if b"pyspark.daemon" in (entry / "cmdline").read_bytes() and _descends(int(entry.name), os.getpid()):
                sizes.append(int((entry / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
    return max(sizes)


def _descends(pid: int, ancestor: int) -> bool:
    while pid > 1 and pid != ancestor:
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return pid == ancestor
