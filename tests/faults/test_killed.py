"""Rows 2 and 4 of docs/reliability.md, for real: SIGKILL of the whole process group, thrice, and run again."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

from decantry.jobs.sample import build
from tests.faults.content import newest
from tests.faults.signalled import finished, signalled


def test_three_kills_and_a_last_run_are_as_one_run(tmp_path: Path) -> None:
    build(tmp_path / "web")
    lake = tmp_path / "lake"
    words = ["run", "fineweb", "--input", str(tmp_path / "web"), "--batch", "1", "--quiet", "--lake"]

    def committed(table: str, version: int) -> Callable[[int], bool]:
        file = lake / table / "_delta_log" / f"{version:020}.json"
        return lambda _: file.exists()

    for moment in (
        committed("ops/inputs", 0),  # midway through ingest: one archive of three is done
        committed("silver/documents", 1),  # between two tables: documents are there, the manifest does not say so
        committed("gold/fineweb", 0),  # while publishing: the corpus is there, its verdicts are not
    ):
        signalled([*words, str(lake)], signal.SIGKILL, moment, tmp_path)
    assert any((lake / "_staging").iterdir())
    last = finished(*words, str(lake))
    assert last.code == 0, last.err
    assert "already done: 3 of 3 input file(s)" in last.out
    assert "kept 30 of 73 documents" in last.out
    assert not (lake / "_staging").exists()
    assert finished(*words, str(tmp_path / "undisturbed")).code == 0
    assert newest(lake) == newest(tmp_path / "undisturbed")
