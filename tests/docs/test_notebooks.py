"""The notebooks run from top to bottom over the demo's lake. Each begins with the lines that a Databricks user
changes."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jupytext
import pandas as pd
import pytest

from tests.cold import Cold
from tests.docs.test_notebook import shown
from tests.jobs.explore.report.hostile import HOSTILE

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NAMES = ("compare_two_recipes", "duplicates_by_eye", "measure_a_classifier", "tune_a_threshold", "why_documents_go")


def cells(name: str) -> list[str]:
    return [cell.source for cell in jupytext.read(FOLDER / f"{name}.py").cells if cell.cell_type == "code"]


@pytest.mark.parametrize("name", NAMES)
def test_it_begins_with_what_a_databricks_user_changes(name: str) -> None:
    first = cells(name)[0].splitlines()
    assert first[0].startswith("# On Databricks: LAKE = ")
    assert 'LAKE = os.environ.get("DECANTRY_LAKE", "demo-lake")  # `make demo` makes this one' in first


@pytest.fixture
def place(cold: Cold, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_LAKE", str(shutil.copytree(cold.lake, tmp_path / "demo-lake")))


def run(name: str) -> list[Any]:
    names: dict[str, Any] = {"__name__": "notebook"}
    return [shown(cell, names) for cell in cells(name)]


@pytest.mark.slow
def test_why_documents_go(spark: SparkSession, place: None) -> None:
    _, funnel, languages, domains, measured, looked = run("why_documents_go")
    assert [*funnel["seen"]][:3] == [73, 70, 49]
    assert (languages["documents"].sum(), languages["kept"].sum()) == (73, 30)
    assert (domains["removed"] > 0).all() and len(domains)
    assert {"top_3_gram", "duplicate"} < {*measured["rule"]}
    assert len(looked) == 1


@pytest.mark.slow
def test_tune_a_threshold(spark: SparkSession, place: None) -> None:
    _, sweep, picture, shares, moved, _ = run("tune_a_threshold")
    assert len(sweep) == 7
    assert sweep["kept"].is_monotonic_decreasing
    assert picture.data.startswith("<svg")
    assert shares["kept now"].sum() == 30
    assert {*moved[""]} == {"leaves"}


@pytest.mark.slow
def test_compare_two_recipes(spark: SparkSession, place: None) -> None:
    _, _, fates, alone, sizes = run("compare_two_recipes")
    assert fates["documents"].sum() == 73
    assert {*alone["kept_by"]} <= {"fineweb", "gopher"}
    assert [*sizes["recipe"]] == ["fineweb", "gopher"]
    assert sizes["documents"].iloc[0] == 30


@pytest.mark.slow
def test_duplicates_by_eye(spark: SparkSession, place: None) -> None:
    _, by_size, pairs, _, domains = run("duplicates_by_eye")
    assert (by_size["clusters"].sum(), len(pairs)) == (9, 9)
    assert (pairs["shared"] > 0.5).all()
    assert domains["documents"].sum() == 9


class Tags(HTMLParser):
    """The names of the elements in some HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)


@pytest.mark.slow
def test_measure_a_classifier(spark: SparkSession, place: None) -> None:
    _, labels, figures, thresholds, swept, calibrated, wrong = run("measure_a_classifier")
    assert dict(labels.itertuples(index=False)) == {"1": 30, "0": 26}
    assert figures["value"]["tested"] == 56 and 0 <= figures["value"]["auc"] <= 1
    assert thresholds["documents"].is_monotonic_increasing and len(thresholds) == 10
    assert swept.data.startswith("<svg") and calibrated.data.startswith("<svg")
    assert {*wrong["good"]} <= {True, False} and len(wrong)


def test_forty_hostile_texts_stay_texts_in_a_notebook() -> None:
    """Notebooks show texts of pages in frames, which escape them, or as ASCII; nothing of theirs is taken for HTML."""
    plain, hostile = pd.DataFrame({"text": ["a"] * 40}), pd.DataFrame({"text": HOSTILE})
    frames = [frame._repr_html_() for frame in (plain, hostile)]  # type: ignore[operator]
    assert Tags(frames[1]).found == Tags(frames[0]).found
    for name in (*NAMES, "first_look"):
        source = "\n".join(cells(name))
        assert not re.search(r"escape=False|\bHTML\(|\bMarkdown\(", source), name
        assert len(re.findall(r"\.style\b", source)) == (name == "first_look"), name  # of fates, which rules name
