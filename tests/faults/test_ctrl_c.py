"""Ctrl-C to the whole process group, as a terminal sends it: one line, exit code 130, no processes left, and the next
run continues."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from decantry.jobs.process.interrupts import delayed_ctrl_c
from decantry.jobs.sample import build
from tests.faults.content import newest
from tests.faults.signalled import finished, group_of, signalled
from tests.jobs.cli.conftest import decantry

TOLD = "decantry: interrupted: run the same command again to go on where it stopped\n"
JAVA = "WARNING: Using incubator modules: jdk.incubator.vector\n"
"""The lines that Java prints whenever Spark 4 starts."""


def test_ctrl_c_while_python_is_still_reading_code(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "decantry.jobs.cli.app":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "decantry.jobs.cli.app", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])
    said = decantry("tables")
    assert (said.code, said.out, said.err) == (130, "", TOLD)


def test_a_held_back_ctrl_c_comes_at_the_end() -> None:
    done, before = [], signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), delayed_ctrl_c():
        signal.raise_signal(signal.SIGINT)
        done.append("the rest")
    assert done == ["the rest"]
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_is_not_held_back() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), delayed_ctrl_c():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        done.append("the rest")
    assert done == []


@pytest.mark.slow
def test_interrupts_end_with_one_line_and_the_next_run_continues(tmp_path: Path) -> None:
    build(tmp_path / "web")
    lake = tmp_path / "lake"
    words = ["run", "fineweb", "--input", str(tmp_path / "web"), "--batch", "1", "--quiet", "--lake"]
    moments: tuple[Callable[[int], bool], ...] = (
        lambda pid: any("spark" in line for line in group_of(pid)[1:]),  # Java is starting
        lambda _: (lake / "ops/inputs/_delta_log" / f"{0:020}.json").exists(),  # one archive of three is read
        lambda _: (lake / "gold/fineweb/_delta_log" / f"{0:020}.json").exists(),  # while publishing
    )
    for moment in moments:
        said = signalled([*words, str(lake)], signal.SIGINT, moment, tmp_path)
        assert (said.code, said.err.replace(JAVA, "")) == (130, TOLD)
    last = finished(*words, str(lake))
    assert last.code == 0, last.err
    assert "already done: 3 of 3 files" in last.out
    assert not (lake / "_staging").exists()
    assert finished(*words, str(tmp_path / "undisturbed")).code == 0
    assert newest(lake) == newest(tmp_path / "undisturbed")
