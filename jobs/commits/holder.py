"""Who holds a claim, told so that another process of the same machine can see that it has died."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

_BOOT = Path("/proc/sys/kernel/random/boot_id")


def here() -> dict[str, Any]:
    """`machine`, which names its start and the pids' namespace, `uid`, and `processes`: this one and its helpers.

    Those are its children (Java, say), and its parent where that is a Java, as spark-submit's is. `processes` are pids
    with their starts in the kernel's ticks, by which a pid that is used again is told. Nothing where the kernel has no
    /proc.
    """
    machine = _machine()
    if machine is None:
        return {}
    mine, above = os.getpid(), os.getppid()
    found = {
        pid: each.start
        for pid, each in _processes().items()
        if mine in (pid, each.parent) or (pid == above and each.name == "java")
    }
    return {
        "machine": machine,
        "uid": os.geteuid(),
        "processes": {str(pid): start for pid, start in sorted(found.items())},
    }


def has_died(note: dict[str, Any]) -> bool:
    """Whether all processes of the note are gone; not so where it was written elsewhere, or does not say.

    Nor is it said of another user's, which /proc may hide (`hidepid`), but to root.
    """
    written = note.get("processes")
    if not isinstance(written, dict) or not written or note.get("machine") != _machine():
        return False
    if os.geteuid() not in (0, note.get("uid")):
        return False
    living = {str(pid): each.start for pid, each in _processes().items()}
    return not any(living.get(pid) == start for pid, start in written.items())


def _machine() -> str | None:
    try:
        return f"{_BOOT.read_text().strip()} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return None


class _Process(NamedTuple):
    name: str
    parent: int
    start: int


def _processes() -> dict[int, _Process]:
    """Each process that is seen, and is neither dead nor a zombie (proc(5), /proc/pid/stat)."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told, _, numbers = (folder / "stat").read_text(errors="replace").rpartition(")")
            state, parent, *rest = numbers.split()
        except (OSError, ValueError):  # it has just ended
            continue
        if state not in "ZX":
            found[int(folder.name)] = _Process(told.partition("(")[2], int(parent), int(rest[17]))
    return found
