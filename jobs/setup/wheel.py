"""A package's wheel, for the files in it. Nothing of it is installed."""

from __future__ import annotations

import subprocess
import sys
from importlib import util
from pathlib import Path

from decantry.jobs.process.errors import InfrastructureError


def wheel(package: str, folder: Path) -> Path:
    """The wheel of `package`, such as `name==1.0`, fetched into `folder` by pip. Raises InfrastructureError."""
    command = [*_pip(folder), "download", package, "--no-deps", "--quiet", "--only-binary=:all:", "--dest", str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = sorted(folder.glob("*.whl"))
    if answer.returncode or not wheels:
        cause = (answer.stderr.strip().splitlines() or ["no wheel"])[-1]
        raise InfrastructureError(f"pip could not fetch {package}: {cause}")
    return wheels[0]


def _pip(folder: Path) -> list[str]:
    """The pip of this environment, else that of a temporary one."""
    if util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    return [str(folder / "venv" / "bin" / "python"), "-m", "pip"]
