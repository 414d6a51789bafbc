"""One commit to one table: tried again where another writer was first, recognised where its answer was lost."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from decantry.jobs.commits import points
from decantry.jobs.commits.claims import claimed
from decantry.jobs.commits.file_lock import FileLock
from decantry.jobs.commits.schema import refusal
from decantry.jobs.errors import InfrastructureError

if TYPE_CHECKING:
    from decantry.jobs.lake import Lake

TRIES = 6
"""How often a commit is tried that conflicts with those of other writers."""
NAMED_CRAWLS = 4
"""A transaction names so many crawls."""
LOOK_BACK = 20
"""How many of a table's newest versions are searched for one's own."""


@dataclass(frozen=True)
class Transaction:
    """What Delta knows a write by: it ignores one whose `app` has written `number`, or a later one, before.

    `app` is `job:table:crawl:config_hash:attempt`, `number` the manifest's batch number. The attempt is part of it, so
    that a number is only ever compared with those of the same call of a job: had a run that died landed this number
    under other inputs, or had a run with another configuration overwritten its rows since, a new run that trusted the
    number would lose rows. Between runs, what an earlier one left is replaced instead (jobs/ingest/commit.py,
    jobs/curate/publish.py).
    """

    app: str
    number: int

    @classmethod
    def of(
        cls, job: str, table: str, crawls: Sequence[str], config_hash: str, attempt: str, number: int
    ) -> Transaction:
        """The transaction by its parts; crawls are counted where they are many."""
        named = "+".join(crawls) if len(crawls) <= NAMED_CRAWLS else f"{len(crawls)} crawls"
        return cls(f"{job}:{table}:{named}:{config_hash}:{attempt}", number)

    @property
    def options(self) -> dict[str, str]:
        """The options of Delta's writer."""
        return {"txnAppId": self.app, "txnVersion": str(self.number)}

    @property
    def name(self) -> str:
        """The transaction as commits show it."""
        return f"{self.app}#{self.number}"


def commit(lake: Lake, table: str, act: Callable[[], object], mark: str) -> int:
    """Do `act`, which commits to the table with `mark` in its user metadata; return the version that has it.

    Where another writer's commit is in the way, `act` is tried again. Where it fails in another way, but the commit is
    in the table's history, only the answer was lost, and it counts as done. Raises what `act` raises, and
    InfrastructureError where others are always first.
    """
    from delta.exceptions import DeltaConcurrentModificationException

    for attempt in range(TRIES):
        try:
            points.reached("before", table)
            with claimed(lake, []):
                _done(lake, partial(_alone, lake, table, act))
            points.reached("after", table)
        except DeltaConcurrentModificationException:
            pass
        except Exception as error:
            version = landed(lake, table, mark)
            if version is not None:
                return version
            if (told := refusal(error)) is not None:
                raise InfrastructureError(told) from None
            raise
        else:
            version = landed(lake, table, mark)
            return newest(lake, table) if version is None else version
        time.sleep(random.uniform(0, 0.25 * 2**attempt))
    raise InfrastructureError(f"other runs keep writing to {table} of {lake.uri}: run again when they have ended")


def _alone(lake: Lake, table: str, act: Callable[[], object]) -> None:
    """`act` while no other process writes the table, by claims that are still this run's.

    Raises InfrastructureError where the run has lost one, or has been interrupted.
    """
    with FileLock.of(lake, table):
        if lake.interrupted.is_set():
            raise InfrastructureError(f"{table} was not written: the run has been interrupted")
        for held in list(lake.claims.values()):
            held.require()
        act()


def _done(lake: Lake, act: Callable[[], object]) -> None:
    """`act` in a thread of its own, so that who is interrupted leaves when Java has ended it: it may still commit."""
    under_way: Future[object] = Future()
    lake.acting.add(under_way)  # before it is: who is interrupted looks at any moment

    def ended(acting: Future[object]) -> None:
        lake.acting.discard(under_way)
        under_way.set_result(None)

    with ThreadPoolExecutor(1) as pool:
        try:
            acting = pool.submit(act)
        except BaseException:
            ended(under_way)
            raise
        acting.add_done_callback(ended)
        acting.result()


def landed(lake: Lake, table: str, mark: str) -> int | None:
    """The version whose user metadata has the mark, among the newest; null where none has."""
    if not lake.exists(table):
        return None
    return next((version for version, told in lake.newest_commits(table, LOOK_BACK) if mark in told), None)


def newest(lake: Lake, table: str) -> int:
    """The version of the table, which is there."""
    version = lake.version(table)
    assert version is not None
    return version
