"""The commit points of jobs, before and after each commit to a table, and faults there: the run dies, or the answer to
a commit is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from decantry.jobs.lake import lake as lakes
from decantry.jobs.lake.commits import commit
from decantry.jobs.lake.lake import Lake


def at_each(patch: pytest.MonkeyPatch, reached: Callable[[str, str], object]) -> None:
    """Call `reached` with `before` or `after`, and the table, at each commit."""

    def watched_commit(lake: Lake, table: str, act: Callable[[], object], mark: str) -> int | None:
        def watched_act() -> None:
            reached("before", table)
            act()
            reached("after", table)

        return commit(lake, table, watched_act, mark)

    patch.setattr(lakes, "commit", watched_commit)


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
    at_each(monkeypatch, watching.reached)
    return watching
