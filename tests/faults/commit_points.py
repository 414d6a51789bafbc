"""Faults at the commit points of jobs: the run dies, or the answer to a commit is lost."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from decantry.jobs.lake.commits import points


class Killed(BaseException):
    """The run dies here."""


@dataclass
class Points:
    """Records all commit points that a run reaches, and injects faults there."""

    seen: list[tuple[str, str]] = field(default_factory=list)
    killed_at: tuple[str, str] | None = None
    at_number: int | None = None
    """The run is killed at this point of all that are `seen`, counted from 1."""
    answers_lost: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reached(self, when: str, table: str) -> None:
        with self._lock:
            self.seen.append((when, table))
            number = len(self.seen)
        if (when, table) == self.killed_at or number == self.at_number:
            raise Killed(f"{when} {table}")
        if self.answers_lost and when == "after":
            raise OSError("the connection broke")


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Points:
    watching = Points()
    monkeypatch.setattr(points, "reached", watching.reached)
    return watching
