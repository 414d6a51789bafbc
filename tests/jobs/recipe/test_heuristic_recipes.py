"""Each recipe of published heuristics keeps a good text in its language, and removes one text by each of its rules.

Rules that look across documents, and those on scores, are tried by their own tests (tests/jobs/curate).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from pyspark.sql import functions as F

from decantry.jobs.curate.judge import case, fresh, once
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.recipe.load import load
from decantry.jobs.steps.across import Across
from decantry.jobs.steps.classifier import Classifier
from decantry.jobs.steps.score import ScoredByModel
from decantry.jobs.steps.step import Step
from decantry.jobs.steps.where import Where
from decantry.schemas.documents import TABLE
from tests.golden.cases import url_list
from tests.jobs.recipe.breaking import BREAKING, CHINESE, PROSE, WHERE, Document

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RECIPES = {
    "c4": "en",
    "massivetext": "en",
    "refinedweb": "en",
    "dclm-baseline": "en",
    "nemotron-cc": "en",
    "fineweb-zhtw": "zh",
    "fineweb-edu-chinese": "zh",
}
GOOD: dict[str, Document] = {
    "en": {"text": PROSE, "language": "en"},
    "zh": {"text": CHINESE, "language": "zh"},
}


@pytest.fixture(scope="module", autouse=True)
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    compiled: Path = url_list(tmp_path_factory.mktemp("lists"))
    with mock.patch("decantry.jobs.steps.url_filter.list_dir", lambda name: compiled):
        yield


@pytest.mark.parametrize("name", RECIPES)
def test_it_keeps_good_texts_and_removes_one_by_each_rule(spark: SparkSession, name: str) -> None:
    steps = [step for step in load(name).steps if _judges(step)]
    good = GOOD[RECIPES[name]] | {"language_score": 1.0, "url": "https://a.example.org/", "host": "a.example.org"}
    documents: dict[str, Document] = {"good": good}
    for step in steps:
        for rule in step.rules():
            broken = _breaking(step, rule.name)
            broken |= {"language": good["language"]} if broken.get("language") in (None, "given") else {}
            documents[f"{step}.{rule.name}"] = good | broken
    found = _first_rules(spark, steps, documents)
    assert {step: rule for step, rule in found["good"].items() if rule} == {}
    wrong = {key: found[key][key.split(".")[0]] for key in found if key != "good" and not _is_right(key, found[key])}
    assert wrong == {}
    assert len(found) > len(steps)


def _judges(step: Step) -> bool:
    return not isinstance(step, Across | Classifier | ScoredByModel) and str(step) != "educational"


def _breaking(step: Step, rule: str) -> Document:
    return dict(WHERE[str(step)] if isinstance(step, Where) else BREAKING[step.kind][rule])


def _is_right(key: str, rules: dict[str, str | None]) -> bool:
    step, rule = key.split(".")
    return rules[step] == rule


def _first_rules(
    spark: SparkSession, steps: list[Step], documents: dict[str, Document]
) -> dict[str, dict[str, str | None]]:
    """The rule of each step that removes each document as it was given, from one plan."""
    empty: dict[str, Any] = dict.fromkeys(TABLE.column_names)
    empty |= {"extractor": "given", "warc_path": "a.jsonl", "crawl": "c", "run_id": "run"}
    frame = fresh(few_rows(spark, TABLE, [tuple((empty | {"id": i, **d}).values()) for i, d in documents.items()]))
    judging = [step for step in steps if step.rules()]
    measured = {f"_{step}": once(measure) for step in judging if (measure := step.measure()) is not None}
    frame = frame.withColumns(measured)
    columns = [
        case([(rule.breaks(F.col(f"_{step}")), F.lit(rule.name)) for rule in step.rules()]).alias(str(step))
        for step in judging
    ]
    rows = frame.select("id", *columns).collect()
    return {row["id"]: {str(step): row[str(step)] for step in judging} for row in rows}
