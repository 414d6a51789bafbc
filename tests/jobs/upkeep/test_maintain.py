"""The minimum retention of old files."""

from __future__ import annotations

import pytest

from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import UserError
from decantry.jobs.upkeep.maintain import maintain


def test_files_that_readers_may_need_are_not_removed_early() -> None:
    with pytest.raises(UserError, match="--keep-days is 6: readers and rollbacks need old files for at least 7 days"):
        maintain(Lake(None, "nowhere", "run"), 6)  # type: ignore[arg-type]
