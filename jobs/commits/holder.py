"""Who holds a claim, told so that another process of the same machine can see that it has died."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

_BOOT = Path("/proc/sys/kernel/random/boot_id")


def here() -> dict[str, Any]:
    """`machine`, which names its start and the pids' namespace, and `processes`: this one and its children (Java, say).

    `processes` are pids with their starts in the kernel's ticks, by which a pid that is used again is told. Nothing
    where the kernel has no /proc.
    """
    machine = _machine()
    if machine is None:
        return {}
    mine = os.getpid()
    found = {pid: start for pid, (parent, start) in _processes().items() if mine in (pid, parent)}
    return {"machine": machine, "processes": {str(pid): start for pid, start in sorted(found.items())}}


def has_died(note: dict[str, Any]) -> bool:
    """Whether all processes of the note are gone; not so where it was written elsewhere, or does not say."""
    written = note.get("processes")
    if not isinstance(written, dict) or not written or note.get("machine") != _machine():
        return False
    living = {str(pid): start for pid, (_, start) in _processes().items()}
    return not any(living.get(pid) == start for pid, start in written.items())


def _machine() -> str | None:
    try:
        return f"{_BOOT.read_text().strip()} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return None


def _processes() -> dict[int, tuple[int, int]]:
    """The parent and the start of each process that is neither dead nor a zombie (proc(5), /proc/pid/stat)."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent, *rest = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except (OSError, ValueError):  # it has just ended
            continue
        if state not in "ZX":
            found[int(folder.name)] = (int(parent), int(rest[17]))
    return found
