"""FineWeb-Edu's step and recipes, without the model that they name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyspark.sql import functions as F

from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.difference import differences
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.recipe.load import load, parse
from decantry.jobs.setup.registry import located
from decantry.jobs.steps.score import EduScore
from decantry.jobs.steps.url_filter import UrlFilter
from tests.fasttext_model import write_model
from tests.jobs.models.made_models import write_head

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def test_the_recipes_are_those_of_fineweb_with_the_score() -> None:
    three, two = load("fineweb-edu"), load("fineweb-edu-score-2")
    lines = list(differences(load("fineweb"), three))[1:]
    assert [line for line in lines if "check" not in line] == ["+ edu_score: keeps texts of educational value"]
    assert list(differences(three, two))[1:] == ["  edu_score.min_int_score: 3 -> 2"]
    assert [str(rule) for rule in three.steps[-1].rules()] == ["int_score < 3"]
    added = [column.name for column in three.corpus().columns if column not in load("fineweb").corpus().columns]
    assert added == ["score", "int_score"]


def test_a_missing_model_says_how_to_get_or_train_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path))
    monkeypatch.setattr(UrlFilter, "resources", lambda step: {})
    folder = tmp_path / "models" / "fineweb-edu-classifier"
    with pytest.raises(UserError) as caught:
        recipe_hash(load("fineweb-edu"))
    assert str(caught.value) == (
        "the step edu_score needs the model cache:fineweb-edu-classifier: put an ONNX export of "
        f"HuggingFaceFW/fineweb-edu-classifier into {folder} (`optimum-cli export onnx --task text-classification "
        f"--model HuggingFaceFW/fineweb-edu-classifier {folder}`), or train one: `decantry train embedding "
        f"SCORED.jsonl --above 3 --to {folder}`"
    )
    folder.mkdir(parents=True)
    sha256 = write_head(folder / "head.json")
    assert EduScore().resources() == {"cache:fineweb-edu-classifier": sha256}
    before = recipe_hash(load("fineweb-edu"))
    write_head(folder / "head.json", "digits")
    assert recipe_hash(load("fineweb-edu")) != before


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("edu_score: {min_int_score: 6}", "`min_int_score` is 6"),
        ("edu_score: {label: hq}", "`label` is 'hq'"),
        ("score: {model: a.json}", "the key `column` is missing"),
        ("score: {model: a.json, column: text}", "score adds the column `text`, which exists already"),
        ("score: {model: a.json, column: quality, sha256: abc}", "`sha256` is 'abc'"),
    ],
)
def test_invalid_options_are_an_error(step: str, expected: str) -> None:
    with pytest.raises(UserError, match=expected):
        parse(f"recipe: some\nsteps:\n  - {step}\n", "some.yaml")


def test_two_scores_need_two_columns() -> None:
    twice = "  - edu_score\n  - score: {model: a.json, column: score}\n"
    with pytest.raises(UserError, match="adds the column `score`"):
        parse(f"recipe: some\nsteps:\n{twice}", "some.yaml")


@pytest.mark.parametrize("column", ["text_hash", "m1", "t20"])
def test_a_column_that_decantry_adds_itself_is_refused(column: str) -> None:
    with pytest.raises(UserError, match=f"adds the column `{column}`, which exists already"):
        parse(f"recipe: some\nsteps:\n  - score: {{model: a.json, column: {column}}}\n", "some.yaml")


@pytest.mark.parametrize(
    ("model", "expected"),
    [("cache:../a", "is not of the form cache:NAME"), ("https://a.example/m", "give the `sha256`")],
)
def test_a_name_that_cannot_be_a_model_is_refused(model: str, expected: str) -> None:
    with pytest.raises(UserError, match=expected):
        parse(f"recipe: some\nsteps:\n  - score: {{model: '{model}', column: some}}\n", "some.yaml")


def test_two_files_of_one_name_are_both_in_the_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path))
    folder = tmp_path / "models" / "both"
    folder.mkdir(parents=True)
    write_head(folder / "head.json")
    write_model(folder / "model.bin", {"__label__1": ["good"], "__label__0": ["bad"]})
    steps = (
        "  - score: {model: cache:both, column: a}\n  - classifier: {model: cache:both, label: __label__1, column: b}\n"
    )
    recipe = parse(f"recipe: some\nsteps:\n{steps}", "some.yaml")
    before = recipe_hash(recipe)
    write_head(folder / "head.json", "digits")
    assert recipe_hash(recipe) != before


def test_the_weights_beside_a_graph_are_in_its_digest(tmp_path: Path) -> None:
    for name in ("model.onnx", "tokenizer.json", "model.onnx_data"):
        (tmp_path / name).write_text(name)
    _, before = located(str(tmp_path))
    (tmp_path / "model.onnx_data").write_text("other weights")
    assert located(str(tmp_path))[1] != before


def test_another_model_is_another_hash(tmp_path: Path) -> None:
    path = tmp_path / "head.json"
    recipe = parse(f"recipe: some\nsteps:\n  - score: {{model: {path}, column: quality}}\n", "some.yaml")
    with pytest.raises(UserError, match=r"the step score: the model .*head\.json is not there"):
        recipe_hash(recipe)
    write_head(path)
    before = recipe_hash(recipe)
    write_head(path, "digits")
    assert recipe_hash(recipe) != before


def test_the_educational_score_is_rounded_as_published(spark: SparkSession) -> None:
    scores = [-0.4, 0.5, 1.4999999, 1.5, 2.5, 2.5000001, 3.49, 3.5, 4.5, 4.6, 7.0]
    step = EduScore()
    (rule,) = step.rules()
    frame = spark.createDataFrame([(value,) for value in scores], "_score double").withColumn("m", step.measure())
    measured = {row["_score"]: (row["m"]["score"], row["m"]["int_score"], row["low"]) for row in
            frame.withColumn("low", rule.breaks(F.col("m"))).collect()}  # fmt: skip
    rounded = [int(round(max(0, min(value, 5)))) for value in scores]  # noqa: RUF046  as in huggingface/cosmopedia
    assert rounded == [0, 0, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    expected = zip(scores, rounded, strict=True)
    assert measured == {value: (value, whole, whole < 3) for value, whole in expected}
    none = spark.sql("select cast(null as double) as _score, 1 as n union all select double('NaN'), 2")
    odd = none.withColumn("m", step.measure()).withColumn("low", rule.breaks(F.col("m"))).orderBy("n").collect()
    assert [(row["m"]["int_score"], row["low"]) for row in odd] == [(None, False), (0, True)]
