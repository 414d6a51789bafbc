"""Progress is shown while the output is open, and the work does not depend on it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

WORK = """
import sys
from decantry.jobs.process.progress import Progress
progress = Progress()
for number in range(3):
    progress.tell(f"stage {number}")
open(sys.argv[1], "w").write("all done")
"""


def test_work_continues_if_the_output_is_closed(tmp_path: Path) -> None:
    listened, said = os.pipe()
    os.close(listened)
    done = subprocess.run([sys.executable, "-c", WORK, str(tmp_path / "result")], stderr=said, check=False)
    os.close(said)
    assert (done.returncode, (tmp_path / "result").read_text()) == (0, "all done")
