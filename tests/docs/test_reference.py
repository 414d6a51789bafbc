"""docs/reference.md is up to date, and explains every kind of step and every metric."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from decantry.jobs.explore import reference as recipes
from decantry.jobs.recipe.model import KINDS, Check
from tests import reference
from tests.cold import Cold
from tests.docs.blocks import blocks


def test_the_page_is_current() -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), "run `make docs`"


def test_every_kind_and_metric_is_in_it() -> None:
    made = recipes.page()
    assert re.findall(r"^### (\w+)$", made, re.MULTILINE) == [*KINDS]
    assert {*recipes.METRICS} == {*get_args(Check.model_fields["metric"].annotation)}
    assert "| `min_words` | whole number, at least 0 | `50` | `short_doc` |" in made
    assert "| `keep` | list of text | `[]` |  |" in made


@pytest.mark.slow
def test_plain_pyspark_has_the_functions_as_the_page_says(cold: Cold, tmp_path: Path) -> None:
    shutil.copytree(cold.lake, tmp_path / "my-lake")
    (block,) = blocks("docs/reference.md", "plain")
    quick = {"SPARK_SUBMIT_OPTS": "-XX:TieredStopAtLevel=1"}
    answer = subprocess.run(
        [sys.executable, "-c", block], cwd=tmp_path, env=os.environ | quick, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert len(re.findall(r"^\|https?://.*\| *\d+\|$", answer.stdout, re.MULTILINE)) == 5
