"""A disk that takes no more, and temporary folders that cannot be written: row 27 of the faults."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from decantry.jobs.cli.failures import told
from decantry.jobs.errors import InfrastructureError
from decantry.jobs.setup.fetch import staging


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder is wanted")
    expected = pytest.raises(InfrastructureError, match=r"cannot write to the cache .*; set DECANTRY_HOME")
    with expected, staging(tmp_path / "cache" / "jars"):
        pass


def test_a_staging_folder_is_removed_where_the_disk_is_full(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"), staging(tmp_path), Path("/dev/full").open("wb") as full:
        full.write(b"x" * 100_000)
        full.flush()
    assert list(tmp_path.iterdir()) == []


def test_a_failure_is_told_even_where_its_details_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert told(ValueError("something broke")) == (3, "something broke")
