"""The notebook runs from top to bottom over the demo's lake and shows what happened to its pages."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jupytext
import pytest

from tests.cold import Cold
from tests.docs.test_readme import removed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "first_look.py"


@pytest.fixture
def place(cold: Cold, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DECANTRY_LAKE", str(cold.lake))
    monkeypatch.setenv("MPLBACKEND", "Agg")
    return cold.lake.parent


def shown(source: str, names: dict[str, Any]) -> Any:
    """The output of a cell, run in this process: the value of its last line if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, str(NOTEBOOK), "exec"), names)
    return (
        eval(compile(ast.Expression(last.value), str(NOTEBOOK), "eval"), names) if isinstance(last, ast.Expr) else None
    )


def test_it_shows_the_fates_of_the_pages(spark: SparkSession, place: Path) -> None:
    names: dict[str, Any] = {"__name__": "notebook"}
    cells = [cell.source for cell in jupytext.read(NOTEBOOK).cells if cell.cell_type == "code"]
    inputs, languages, fates, _, repeated, corpus, tokens = [shown(cell, names) for cell in cells][1:]
    assert [*inputs["status"]] == ["done"] * 3
    assert languages["count"].sum() == 73
    assert dict(fates.dropna().itertuples(index=False)) == removed()
    assert {*repeated["removed_by"]} == {"gopher_repetition.dup_para_frac", "gopher_repetition.top_3_gram"}
    assert len(corpus) == 10
    assert tokens.set_index("summary").loc["count", "token_count"] == "30"


@pytest.mark.slow  # it starts a kernel and another Spark
def test_it_runs_in_a_kernel(place: Path) -> None:
    from nbclient import NotebookClient

    notebook = jupytext.read(NOTEBOOK)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(place)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = "\n".join(str(output.get("data", {}).get("text/plain", "")) for output in outputs)
    assert "near_duplicates.duplicate" in shown
    assert "url_filter.hard_blacklisted" in shown
