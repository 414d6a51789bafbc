"""Each step of the recipes that ship that compares documents removes a copy, by each of its rules, and nothing else.

`test_every_rule.py` tries the rules on single documents, `tests/jobs/curate/test_selecting.py` those that rank scores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from decantry.jobs.curate.passes import judge_documents
from decantry.jobs.curate.plan import plan
from decantry.jobs.recipe.load import load, shipped
from decantry.jobs.steps.across import Across
from tests.jobs.curate.corpora import lake_with, removed_by
from tests.jobs.recipe.breaking import PROSE
from tests.jobs.recipe.made import GERMAN, GOOD

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from decantry.jobs.lake.lake import Lake

RANKING = {"select_top", "ensemble_buckets"}
ONLY_CUTS = {"c4"}
"""`max_cut` is 1 here, which no share is above: the step after it judges what is left."""
COMPARING = {
    f"{step.kind} {step.model_dump_json()}": (name, step)
    for name in shipped()
    if name not in ONLY_CUTS
    for step in load(name).steps
    if isinstance(step, Across) and step.kind not in RANKING
}
"""One recipe for each step that compares, since several recipes have the same."""


@pytest.fixture(scope="module")
def lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    texts = {"en": PROSE, "copy": PROSE, "de": GERMAN, "zh": GOOD["zh"]["text"], "zh copy": GOOD["zh"]["text"]}
    languages = {"de": "de", "zh": "zh", "zh copy": "zh"}
    made = [(i, "c", text) for i, text in texts.items()]
    return lake_with(spark, tmp_path_factory.mktemp("lake"), "run", made, language=languages)


@pytest.mark.parametrize(("name", "step"), COMPARING.values(), ids=[f"{n}-{s}" for n, s in COMPARING.values()])
def test_it_removes_copies_and_keeps_the_rest(lake: Lake, name: str, step: Across) -> None:
    (rule,) = step.rules()
    recipe = load(name).model_copy(update={"steps": (step,), "checks": ()})
    planned = plan(lake, recipe, ["c"], rebuild=False, measure_all=False, tell=str, warn=str)
    found = removed_by(judge_documents(planned))
    assert found == dict.fromkeys(["en", "de", "zh"]) | dict.fromkeys(["copy", "zh copy"], f"{step}.{rule.name}")
