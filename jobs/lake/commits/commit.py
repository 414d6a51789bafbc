"""One commit to one table. It is repeated if another writer was first, and looked up in the history if its answer was
lost."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.lake.commits.schema import refusal
from decantry.jobs.process.errors import InfrastructureError

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake

TRIES = 6
"""How many times a commit that conflicts with other writers is tried."""
LOOK_BACK = 20
"""How many of a table's newest versions are searched for a commit of ours."""


class Superseded(Exception):
    """Another writer committed under the same transaction first, so nothing was written."""


@dataclass(frozen=True)
class Transaction:
    """A Delta transaction id. Delta skips a write whose `app` has committed this `number`, or a higher one, before.

    If two writers read version N of a table and both write with number N + 1, exactly one of them wins.
    """

    app: str
    number: int

    @property
    def options(self) -> dict[str, str]:
        """The options of Delta's writer."""
        return {"txnAppId": self.app, "txnVersion": str(self.number)}


def commit(lake: Lake, table: str, act: Callable[[], object], mark: str) -> int | None:
    """Call `act`, which commits to the table with `mark` in its user metadata; return the version of the commit.

    Returns None if `act` committed nothing. If another writer's commit conflicts, `act` is called again. If `act` fails
    in another way, but its commit is in the table's history, only the answer was lost. Raises what `act` raises, and
    InfrastructureError if other writers are first every time.
    """
    others_first = conflicts()
    for attempt in range(TRIES):
        try:
            act()
        except others_first:
            time.sleep(random.uniform(0, 0.25 * 2**attempt))
        except Exception as error:
            version = landed(lake, table, mark)
            if version is not None:
                return version
            if (message := refusal(error)) is not None:
                raise InfrastructureError(f"{table}: {message}; nothing was committed") from None
            raise
        else:
            return landed(lake, table, mark)
    raise InfrastructureError(f"other runs keep writing to {table} of {lake.uri}: run again when they have ended")


def conflicts() -> tuple[type[Exception], ...]:
    """Delta's exceptions for conflicting commits, which have no common parent class."""
    from delta import exceptions

    found = (each for each in vars(exceptions).values() if isinstance(each, type) and issubclass(each, Exception))
    return tuple(each for each in found if each.__module__.startswith("delta."))


def landed(lake: Lake, table: str, mark: str) -> int | None:
    """The version whose user metadata has the mark, among the newest ones; None if there is none."""
    newest = lake.version(table)
    if newest is None:
        return None
    commits = lake.commits(table, newest - LOOK_BACK)
    return next((each.version for each in reversed(commits) if each.about.get("write") == mark), None)
