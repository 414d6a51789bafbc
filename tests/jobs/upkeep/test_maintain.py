"""The minimum retention of old files."""

from __future__ import annotations

import pytest

from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import UserError
from decantry.jobs.upkeep.maintain import maintain, predicate


def test_files_that_readers_may_need_are_not_removed_early() -> None:
    with pytest.raises(UserError, match="--keep-days is 6: readers and rollbacks need old files for at least 7 days"):
        maintain(Lake(None, "nowhere", "run"), 6)  # type: ignore[arg-type]


def test_a_partition_without_a_value_and_one_with_a_word_of_sql_are_named() -> None:
    names = ["dump", "language"]
    assert predicate(names, {"dump": "c's", "language": None}) == r"`dump` = 'c\'s' AND `language` IS NULL"
    assert predicate(names, {"dump": "c", "language": "None"}) == "`dump` = 'c' AND `language` = 'None'"
    assert predicate([], {}) == ""
