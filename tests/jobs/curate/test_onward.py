"""Measurements of removed documents by the steps after their pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.curate.judge import fresh, judge
from decantry.jobs.curate.onward import measured_onward
from decantry.jobs.recipe.load import parse

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RECIPE = parse(
    """
recipe: cats
steps:
  - where: {name: has_cat, keep: "text like '%cat%'"}
  - exact_duplicates: {}
  - c4: {min_sentences: 2, terminal_punctuation: false}
  - where: {name: brief, keep: "length(text) < 40"}
""",
    "cats.yaml",
)
SENTENCE, SCRIPT = "The cow stands in the grass.", "Please enable javascript here."
TEXTS = {"cow": f"{SENTENCE}\n{SCRIPT}", "cat": "There is only one cat here."}


def test_a_removed_document_is_measured_and_edited_by_later_steps_and_keeps_its_text(spark: SparkSession) -> None:
    frame = fresh(
        spark.createDataFrame([(i, text, "en") for i, text in TEXTS.items()], "id string, text string, language string")
    )
    before = frame.transform(judge(RECIPE.steps[0], measure_all=True))
    after = measured_onward(before, RECIPE, 1)
    assert after.columns == before.columns
    rows = {row["id"]: row for row in after.collect()}
    assert {i: row["text"] for i, row in rows.items()} == TEXTS
    assert rows["cat"]["signals"] == {"has_cat.holds": 1.0}, "no step has removed it: the next pass measures it"
    signals = rows["cow"]["signals"]
    measured = {name: signals[name] for name in ("has_cat.holds", "c4.sentences", "brief.holds", "characters")}
    assert measured == {"has_cat.holds": 0.0, "c4.sentences": 1.0, "brief.holds": 1.0, "characters": len(SENTENCE)}


def test_a_removed_document_is_not_measured_onward_if_a_later_step_needs_a_score(spark: SparkSession) -> None:
    recipe = parse(
        'recipe: x\nsteps:\n  - where: {name: a, keep: "false"}\n  - score: {model: m, column: s}\n', "x.yaml"
    )
    frame = fresh(spark.createDataFrame([("cow", TEXTS["cow"])], "id string, text string"))
    assert measured_onward(frame, recipe, 1) is frame
