"""uv, which installs the locked packages, for a checkout: `python -m decantry.jobs.setup.uv LOCK` prints its path.

Any Python runs this: nothing is installed yet.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.home import home
from decantry.jobs.setup.cache import digest
from decantry.jobs.setup.fetch import staging


def program(lock: Path, python: str = sys.executable) -> Path:
    """The uv that `lock` pins, installed into the cache if it is missing.

    Raises InfrastructureError if this Python has no venv or pip, or if pip cannot fetch the pinned file.
    """
    target = home() / "uv" / digest(lock)[:12]
    if not (target / "bin" / "uv").is_file():
        with staging(target.parent) as folder:
            _run([python, "-m", "venv", str(folder / "venv")], "this Python makes no environments")
            install = [str(folder / "venv" / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check"]
            install += ["--quiet", "--require-hashes", "--requirement", str(lock), "--target", str(folder / "made")]
            _run(install, "pip could not install uv")
            (folder / "made").rename(target)
    return target / "bin" / "uv"


def _run(command: list[str], failure: str) -> None:
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        lines = (answer.stderr + answer.stdout).strip().splitlines() or [f"exit code {answer.returncode}"]
        raise InfrastructureError(f"{failure}: {lines[-1]}")


if __name__ == "__main__":
    try:
        print(program(Path(sys.argv[1])))
    except InfrastructureError as error:
        sys.exit(f"decantry: {error}")
