"""Lock files of a local lake."""

from __future__ import annotations

from pathlib import Path

from decantry.jobs.lake.commits.lock import locked
from decantry.jobs.lake.lake import Lake


def test_a_work_that_is_named_twice_is_locked_once(tmp_path: Path) -> None:
    lake = Lake(None, str(tmp_path), "run")  # type: ignore[arg-type]
    with locked(lake, ["curate pets of A", "curate pets of A"]):
        assert [path.name for path in (tmp_path / "_locks").iterdir()] == ["curate-pets-of-A.lock"]
