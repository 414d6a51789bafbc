"""Whether the holder of a claim has died, as another process of its machine sees it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import Any

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
        os.kill(told["child"], signal.SIGKILL)
    for _ in range(1000):
        if has_died(note):
            break
    assert has_died(note)


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
