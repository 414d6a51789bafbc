"""Languages by several models: how many agree with the document's language, and the labels above a minimum score."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import parse
from decantry.jobs.steps.language_models import LanguageModels
from tests.fasttext_model import write_model
from tests.jobs.curate.judged import judged

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TEXTS = {"both": "der und der", "one": "haus", "neither": "the and", "unknown": "zzz"}


@pytest.fixture
def models(tmp_path: Path) -> list[str]:
    """Two models with labels of two forms. Only the first knows `haus` as German."""
    german = ["der", "und"]
    write_model(tmp_path / "a.bin", {"__label__deu_Latn": [*german, "haus"], "__label__eng_Latn": ["the", "and"]})
    write_model(tmp_path / "b.bin", {"__label__de": german, "__label__en": ["the", "and", "haus"]})
    return [str(tmp_path / name) for name in ("a.bin", "b.bin")]


def step(models: list[str], more: str = "") -> str:
    return f"  - language_models: {{models: [{', '.join(models)}]{more}}}"


def test_all_models_must_name_the_language_of_the_document(spark: SparkSession, models: list[str]) -> None:
    rows = judged(spark, step(models), TEXTS, language="de", language_script="Latn")
    assert {i: row["removed_by"] for i, row in rows.items()} == {
        "both": None,
        **dict.fromkeys(["one", "neither", "unknown"], "language_models.disagreement"),
    }
    assert {i: row["values"].get("agreeing") for i, row in rows.items()} == {
        "both": None,
        "one": 1,
        "neither": 0,
        "unknown": 0,
    }


def test_fewer_models_are_enough_where_the_recipe_says_so(spark: SparkSession, models: list[str]) -> None:
    rows = judged(spark, step(models, ", agree: 1"), {"one": "haus", "neither": "the"}, language="deu_Latn")
    assert {i: row["removed_by"] for i, row in rows.items()} == {
        "one": None,
        "neither": "language_models.disagreement",
    }


def test_a_document_without_a_language_has_none_to_agree_on(spark: SparkSession, models: list[str]) -> None:
    rows = judged(spark, step(models, ", agree: 1"), {"german": "der und", "unknown": "zzz"})
    assert {row["removed_by"] for row in rows.values()} == {"language_models.disagreement"}


def test_labels_above_the_floor_are_named_in_one_form(spark: SparkSession, models: list[str]) -> None:
    more = ", agree: 0, labels_above: 0.1"
    rows = judged(spark, step(models, more), {"one": "haus", "both": "der"}, language="de", language_script="Latn")
    one, both = (rows[i]["language_labels"] for i in ("one", "both"))
    assert sorted(one) == ["deu_Latn", "eng_Latn"]
    assert one["deu_Latn"] == pytest.approx(0.98, abs=0.01)
    assert one["eng_Latn"] == pytest.approx(0.98, abs=0.01)
    assert list(both) == ["deu_Latn"]


def test_two_labels_of_one_language_are_one(spark: SparkSession, tmp_path: Path) -> None:
    write_model(tmp_path / "m", {"__label__zho_Hans": ["a"], "__label__zho_Hant": ["b"], "__label__jpn_Jpan": ["c"]})
    more = ", labels_above: 0.1"
    rows = judged(spark, step([str(tmp_path / "m")], more), {"t": "a b"}, language="zh", language_script="Hani")
    assert rows["t"]["removed_by"] is None
    assert list(rows["t"]["language_labels"]) == ["cmn_Hani"]


def test_a_model_whose_probabilities_do_not_sum_to_1_keeps_all_its_labels(spark: SparkSession, tmp_path: Path) -> None:
    words = {"__label__deu_Latn": ["haus"], "__label__gsw_Latn": ["huus"], "__label__nds_Latn": ["hus"]}
    write_model(tmp_path / "m", words, one_vs_all=True)
    more = ", agree: 0, labels_above: 0.7"
    rows = judged(spark, step([str(tmp_path / "m")], more), {"t": "haus huus hus"}, language="de")
    assert sorted(rows["t"]["language_labels"]) == ["deu_Latn", "gsw_Latn", "nds_Latn"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("models: []", "models"),
        ("models: [a], agree: 2", "`agree` is 2, but `models` has only 1"),
        ("models: [a, a]", "a model is named twice"),
        ("models: [a], agree: 0", "the step does nothing: give `labels_above`"),
        ("models: ['https://a.example/m.bin']", "give the sha256 of https://a.example/m.bin"),
        ("models: ['cache:../m']", "is not of the form cache:NAME"),
        (f"models: ['https://me:secret@a.example/m.bin#sha256={'0' * 64}']", "an address in it has credentials"),
        ("models: [a], labels_above: 0", "labels_above"),
    ],
)
def test_invalid_options_are_refused(options: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        parse(f"recipe: a\nsteps:\n  - language_models: {{{options}}}\n", "a.yaml")


def test_a_missing_model_and_one_that_is_none_are_named(tmp_path: Path) -> None:
    (tmp_path / "page").write_text("<html>")
    for name in ("absent", "page"):
        mine = LanguageModels(models=(str(tmp_path / name),))
        with pytest.raises(UserError, match=f"the step language_models cannot use the model {tmp_path / name}: "):
            mine.resources()
    (tmp_path / "page").write_text("other")
    with pytest.raises(UserError, match="has sha256 d9298a10"):
        LanguageModels(models=(f"{tmp_path / 'page'}#sha256={'0' * 64}",)).resources()


def test_a_model_that_is_cut_short_or_has_no_labels_is_refused(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    write_model(whole, {"__label__de": ["der"]})
    (tmp_path / "cut").write_bytes(whole.read_bytes()[:-1])
    write_model(tmp_path / "words", {})
    for name, told in (("cut", "it is cut short or damaged"), ("words", "it has no labels")):
        with pytest.raises(UserError, match=f"cannot use the model {tmp_path / name}: {told}"):
            LanguageModels(models=(str(tmp_path / name),)).resources()


def test_one_model_by_two_names_is_refused(tmp_path: Path) -> None:
    sha256 = write_model(tmp_path / "a.bin", {"__label__de": ["der"]})
    one = f"{tmp_path}/a.bin"
    for other in (f"{tmp_path}/./a.bin", f"{one}#sha256={sha256}"):
        with pytest.raises(UserError, match=f"the models {one} and {other} are the same file"):
            LanguageModels(models=(one, other)).resources()


def test_only_one_step_may_have_the_labels() -> None:
    steps = "".join(
        f"  - language_models: {{name: {name}, models: [{name}], labels_above: 0.5}}\n" for name in ("a", "b")
    )
    with pytest.raises(UserError, match="only one language_models step may have `labels_above`"):
        parse(f"recipe: a\nsteps:\n{steps}", "a.yaml")
