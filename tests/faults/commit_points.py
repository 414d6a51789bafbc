"""Faults at the commit points of jobs: a run that dies there, an answer that is lost there."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from decantry.jobs.lake.commits import points


class Killed(BaseException):
    """The run ends here; nothing that follows is done."""


@dataclass
class Points:
    """Watches every commit point that is reached, and makes faults there."""

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
