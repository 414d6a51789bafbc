"""A commit is tried again after every kind of conflict that Delta reports."""

from __future__ import annotations

import time
from typing import Any

import pytest
from delta import exceptions

from decantry.jobs.lake.commits.commit import TRIES, commit
from decantry.jobs.lake.commits.history import Commit
from decantry.jobs.process.errors import InfrastructureError

CONFLICTS = sorted(exceptions.__all__)


class OneTable:
    """A lake with one table, whose history has the commits so far."""

    uri = "lake"

    def __init__(self) -> None:
        self.marks: list[str] = []

    def version(self, name: str) -> int:
        return len(self.marks) - 1

    def commits(self, name: str, after: int) -> list[Commit]:
        return [Commit(n, "WRITE", {"write": mark}, {}) for n, mark in enumerate(self.marks) if n > after]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda seconds: None)


@pytest.mark.parametrize("conflict", CONFLICTS)
def test_a_conflict_is_retried(conflict: str) -> None:
    lake: Any = OneTable()
    coming = [getattr(exceptions, conflict)("another writer was first")]

    def act() -> None:
        if coming:
            lake.marks.append("another's")
            raise coming.pop()
        lake.marks.append("mine")

    assert commit(lake, "ops/checks", act, "mine") == 1


def test_a_write_that_delta_skips_has_no_version() -> None:
    lake: Any = OneTable()
    coming = [exceptions.ConcurrentTransactionException("another writer has this transaction")]

    def act() -> None:
        if coming:
            lake.marks.append("another's")
            raise coming.pop()

    assert commit(lake, "gold/apart", act, "mine") is None


def test_a_commit_that_always_conflicts_is_an_error() -> None:
    lake: Any = OneTable()
    tried = []

    def act() -> None:
        tried.append(1)
        raise exceptions.ConcurrentAppendException("another writer was first")

    with pytest.raises(InfrastructureError, match="other runs keep writing to ops/checks of lake: run again"):
        commit(lake, "ops/checks", act, "mine")
    assert len(tried) == TRIES
