"""Each recipe that ships keeps a good text in its language, and removes one text by each of its rules.

Rules that look across documents are tried by their own tests (tests/jobs/curate).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyspark.sql import functions as F

from decantry.jobs.curate.judge import case, fresh, once
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.recipe.load import load, shipped
from decantry.jobs.steps.across import Across
from decantry.jobs.steps.step import Step
from decantry.schemas.documents import TABLE
from tests.jobs.recipe.breaking import Document
from tests.jobs.recipe.made import GOOD, breaking, home_at, language_of, put_in_cache, rules_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder: Path = tmp_path_factory.mktemp("home")
    put_in_cache(folder)
    with home_at(folder):
        yield


@pytest.mark.parametrize("name", shipped())
def test_it_keeps_good_texts_and_removes_one_by_each_rule(spark: SparkSession, name: str) -> None:
    steps = [step for step in load(name).steps if not isinstance(step, Across)]
    good = GOOD[language_of(name)]
    kept = {"good": good} | ({"good German": GOOD["de"]} if name == "fineweb2" else {})
    documents = kept | {
        f"{step}.{rule}": good | breaking(step, rule) for step in steps for rule in rules_of(name, step)
    }
    found = _first_rules(spark, steps, documents)
    assert {(i, step): rule for i in kept for step, rule in found[i].items() if rule} == {}
    wrong = {key: found[key][key.split(".")[0]] for key in found if key not in kept and not _is_right(key, found[key])}
    assert wrong == {}
    assert len(found) > 1 or name == "dedup"


def _is_right(key: str, rules: dict[str, str | None]) -> bool:
    step, rule = key.split(".")
    return rules[step] == rule


def _first_rules(
    spark: SparkSession, steps: list[Step], documents: dict[str, Document]
) -> dict[str, dict[str, str | None]]:
    """The rule of each step that removes each document as it was given, from one plan. Questions have a low score."""
    empty: dict[str, Any] = dict.fromkeys(TABLE.column_names)
    empty |= {"extractor": "given", "warc_path": "a.jsonl", "crawl": "c", "run_id": "run"}
    frame = fresh(few_rows(spark, TABLE, [tuple((empty | {"id": i, **d}).values()) for i, d in documents.items()]))
    score = F.when(F.contains("text", F.lit("?")), 0.0).otherwise(5.0)
    judging = [step for step in steps if step.rules()]
    frame = frame.withColumns({"_score": score, "score": score})
    frame = frame.withColumns(
        {f"_{step}": once(measure) for step in judging if (measure := step.measure()) is not None}
    )
    frame = frame.withColumns({f"_of_{step}": limits for step in judging if (limits := step.limits()) is not None})
    columns = []
    for step in judging:
        limits = F.col(f"_of_{step}") if step.limits() is not None else None
        broken = [(rule.breaks(F.col(f"_{step}"), limits), F.lit(rule.name)) for rule in step.rules()]
        columns.append(case(broken).alias(str(step)))
    rows = frame.select("id", *columns).collect()
    return {row["id"]: {str(step): row[str(step)] for step in judging} for row in rows}
