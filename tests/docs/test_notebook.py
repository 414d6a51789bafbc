"""The notebook runs from top to bottom over the demo's lake, and shows the fates of its pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jupytext
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "first_look.py"


def test_it_runs(shell: Callable[[str], str], demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_LAKE", str(demo / "demo-lake"))
    notebook = jupytext.read(NOTEBOOK)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(demo)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = "\n".join(str(output.get("data", {}).get("text/plain", "")) for output in outputs)
    assert "near_duplicates.duplicate" in shown
    assert "url_filter.hard_blacklisted" in shown
