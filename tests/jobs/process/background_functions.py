"""Functions that tests/jobs/process/test_background.py calls in another process."""

from __future__ import annotations

import os

_loaded: list[int] = []


def load() -> None:
    _loaded.append(os.getpid())


def loaded() -> list[int]:
    print("this is no answer")
    return _loaded


def niceness() -> int:
    return os.nice(0)


def fail() -> None:
    raise ValueError("it is broken")


def leave() -> None:
    os._exit(7)
