"""Files that Databricks writes into plain folders in transactions, and which of them count.

A job marks a folder with `_started_ID` and, when it is done, with `_committed_ID`, which lists the files that it added
and removed there. The names of its files contain `-tid-ID-`. A file counts if its transaction has committed it and none
has removed it. A transaction without any mark is an old one whose marks were cleaned up, and has committed. Source:
https://docs.databricks.com/en/archive/legacy/dbio-commit.html, and the commit protocol of Databricks' fork of Spark.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass

from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.source import open_at
from decantry.jobs.sources.streams import names_in

_OF_A_TRANSACTION = re.compile(r"-tid-([A-Za-z0-9]+)-[^/]*$")
_MARK = re.compile(r"_(started|committed)_(vacuum)?([A-Za-z0-9]+)$")


def is_of_a_transaction(name: str) -> bool:
    """Whether a job of Databricks has written the file."""
    return _OF_A_TRANSACTION.search(name) is not None


@dataclass(frozen=True)
class Transactions:
    """The transactions of a folder: those that have begun, the files that each has added, and all removed files."""

    started: Collection[str]
    added: dict[str, Collection[str]]
    removed: Collection[str]

    def has(self, name: str) -> bool:
        """Whether the file of this name, in the folder, counts."""
        name = name.rpartition("/")[2]
        if name in self.removed:
            return False
        match = _OF_A_TRANSACTION.search(name)
        if match is None or (match[1] not in self.started and match[1] not in self.added):
            return True
        return name in self.added.get(match[1], ())


def transactions_of(folder: str) -> Transactions:
    """The transactions of a folder that ends with `/`. Raises UserError for an unreadable mark, and SourceError."""
    started: set[str] = set()
    added: dict[str, Collection[str]] = {}
    removed: set[str] = set()
    for name in names_in(folder):
        mark = _MARK.match(name)
        if mark is None:
            continue
        if mark[1] == "started":
            started.add(mark[3])
            continue
        with open_at(folder + name) as stream:
            data = stream.read()
        try:
            files = json.loads(data)
            removed.update(map(str, files["removed"]))
            if mark[2] is None:
                added[mark[3]] = {str(file) for file in files["added"]}
        except (ValueError, KeyError, TypeError) as error:
            raise UserError(
                f"{folder}{name}, where Databricks lists the files of a transaction, cannot be read ({error!s:.60}): "
                "write the folder's rows out as Parquet or as a Delta table, and name that"
            ) from None
    return Transactions(started, added, removed)
