"""What steps do to documents: which rule removes them, what the verdict shows, and which text is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.curate.judge import fresh, judge
from decantry.jobs.recipe.load import parse

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RECIPE = parse(
    """
recipe: cats
steps:
  - where: {name: has_cat, keep: "text like '%cat%'"}
  - c4: {min_sentences: 2, terminal_punctuation: false}
  - where: {name: brief, keep: "length(text) < 80"}
""",
    "cats.yaml",
)
TEXTS = {
    "kept": "The cat sleeps on the warm stones.\nPlease enable javascript here.\nThe cat wakes in the evening.",
    "cow": "The cow stands in the grass.\nPlease enable javascript here.",
    "short": "There is only one cat here.",
    "long": "The cat sleeps on the warm stones, and nobody minds. The cat wakes in the evening, and nobody sees it.",
}


def test_the_first_broken_rule_removes_and_only_kept_texts_are_edited(spark: SparkSession) -> None:
    frame = fresh(
        spark.createDataFrame([(i, text, "en") for i, text in TEXTS.items()], "id string, text string, language string")
    )
    for step in RECIPE.steps:
        frame = frame.transform(judge(step))
    rows = {row["id"]: row for row in frame.collect()}
    assert {i: (row["removed_by"], row["values"]) for i, row in rows.items()} == {
        "kept": (None, {}),
        "cow": ("has_cat.where", {"holds": 0.0}),
        "short": ("c4.too_few_sentences", {"sentences": 1.0}),
        "long": ("brief.where", {"holds": 0.0}),
    }
    assert rows["kept"]["text"] == "The cat sleeps on the warm stones.\nThe cat wakes in the evening."
    assert rows["cow"]["text"] == TEXTS["cow"]
    assert {row["_original"] for row in rows.values()} == set(TEXTS.values())


def test_measure_all_measures_removed_documents_too(spark: SparkSession) -> None:
    frame = fresh(spark.createDataFrame([("cow", TEXTS["cow"], "en")], "id string, text string, language string"))
    for step in RECIPE.steps:
        frame = frame.transform(judge(step, measure_all=True))
    (row,) = frame.collect()
    assert (row["removed_by"], row["values"]) == ("has_cat.where", {"holds": 0.0})
    measured = {name: row["signals"][name] for name in ("has_cat.holds", "c4.sentences", "brief.holds")}
    assert measured == {"has_cat.holds": 0.0, "c4.sentences": 1.0, "brief.holds": 1.0}


def test_a_predicate_that_is_null_removes_the_document(spark: SparkSession) -> None:
    step = parse("recipe: x\nsteps:\n  - where: {name: sure, keep: language_score > 0.5}\n", "x.yaml").steps[0]
    frame = spark.createDataFrame(
        [("sure", "", 0.9), ("unknown", "", None)], "id string, text string, language_score double"
    )
    rows = fresh(frame).transform(judge(step)).collect()
    assert [(row["id"], row["removed_by"]) for row in rows] == [("sure", None), ("unknown", "sure.where")]
