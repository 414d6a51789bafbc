"""Whether the holder of a claim has died, as another process of its machine sees it."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from decantry.jobs.commits.holder import has_died, here

CHILD = """
import json, subprocess, sys, time
from decantry.jobs.commits.holder import here
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"], stdout=subprocess.DEVNULL)
print(json.dumps({"note": here(), "child": child.pid}), flush=True)
time.sleep(300)
"""


def test_a_holder_has_died_when_its_children_have_too() -> None:
    holder = subprocess.Popen([sys.executable, "-c", CHILD], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    told = json.loads(holder.stdout.readline())
    note: dict[str, Any] = told["note"]
    try:
        assert set(note["processes"]) == {str(holder.pid), str(told["child"])}
        assert not has_died(note)
        holder.kill()
        holder.wait()
        assert not has_died(note), "its child may still commit"
    finally:
        holder.kill()
        child = os.pidfd_open(told["child"])
        os.kill(told["child"], signal.SIGKILL)
    assert select.select([child], [], [], 60)[0], "it has ended"
    os.close(child)
    assert has_died(note)


def test_a_java_that_started_this_process_is_a_holder_too(tmp_path: Path) -> None:
    """As spark-submit's is, which commits for a Python it has started; another parent is not."""
    asked = "import json, os; from decantry.jobs.commits.holder import here; print(os.getppid(), json.dumps(here()))"
    start = "import subprocess, sys; print(subprocess.check_output([sys.argv[1], '-c', sys.argv[2]], text=True))"
    found = {}
    for name in ("java", "sh"):
        (tmp_path / name).symlink_to(Path(sys.executable).resolve())
        answer = subprocess.check_output([str(tmp_path / name), "-c", start, sys.executable, asked], text=True)
        above, _, note = answer.partition(" ")
        found[name] = above in json.loads(note)["processes"]
    assert found == {"java": True, "sh": False}


@pytest.mark.parametrize(
    ("me", "died"),
    [(1000, True), (0, True), (1001, False)],
    ids=["its own user", "root", "another user"],
)
def test_only_its_user_and_root_see_that_it_has_died(monkeypatch: pytest.MonkeyPatch, me: int, died: bool) -> None:
    """Others may not see its processes at all, though they live."""
    gone = {**here(), "uid": 1000, "processes": {"999999999": 1}}
    monkeypatch.setattr("os.geteuid", lambda: me)
    assert has_died(gone) is died


def test_a_note_that_names_no_user_is_believed_by_root_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = {"machine": here()["machine"], "processes": {"999999999": 1}}
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert not has_died(gone)


def test_a_pid_that_is_used_again_is_another_process() -> None:
    mine = here()
    assert not has_died(mine)
    assert has_died({**mine, "processes": {pid: start - 1 for pid, start in mine["processes"].items()}})


def test_of_other_machines_and_notes_that_do_not_say_nothing_is_known() -> None:
    gone = {**here(), "processes": {"999999999": 1}}
    assert has_died(gone)
    assert not has_died({**gone, "machine": "another one"})
    assert not has_died({**gone, "processes": {}})
    assert not has_died({"run_id": "of an earlier version"})
    assert not has_died({**gone, "processes": "nonsense"})
