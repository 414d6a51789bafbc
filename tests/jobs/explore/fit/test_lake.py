"""A fit on a lake of two languages gives a recipe that treats them differently."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from decantry.jobs.cli.fit import as_json, lines, methods_of
from decantry.jobs.curate.judge import fresh, judge
from decantry.jobs.explore.explain import explain
from decantry.jobs.explore.fit.files import write
from decantry.jobs.explore.fit.job import Outcome, fit
from decantry.jobs.explore.fit.page import page
from decantry.jobs.process.errors import UserError
from decantry.jobs.steps.configurations import configurations
from tests.jobs.curate.corpora import lake_with

if TYPE_CHECKING:
    from pyspark.sql import Row, SparkSession

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe

SMALL = {
    "en": ["the", "be", "to", "of", "and", "that", "have", "with"],
    "de": ["der", "die", "und", "in", "den", "von", "zu", "mit"],
}
LARGE = {"en": ["boats", "river", "stone", "light"], "de": ["Hafenmeister", "Fischerboote", "Leuchtturm", "Steinmauer"]}
SCORES = {"en": (0.9, 0.02), "de": (0.8, 0.1)}
DOCUMENTS = 30


def text(language: str, number: int, share: float = 0.5, words: int = 120) -> str:
    """Lines of ten words, of which about `share` are stop words."""
    draw = random.Random(f"{language}{number}")
    drawn = [draw.choice(SMALL[language] if draw.random() < share else LARGE[language]) for _ in range(words)]
    return "\n".join(" ".join(drawn[at : at + 10]) + "." for at in range(0, words, 10))


class Made(NamedTuple):
    lake: Lake
    outcome: Outcome
    recipe: Recipe
    folder: Path


@pytest.fixture(scope="module")
def made(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("fit")
    documents = [(f"{name}-{n}", "c", text(name, n)) for name in ("en", "de") for n in range(DOCUMENTS)]
    documents += [("fr-1", "c", "il y a peu de textes"), ("none", "c", "?"), ("low", "c", text("de", 99))]
    languages: dict[str, str | None] = {i: i.partition("-")[0] for i, _, _ in documents} | {"none": None, "low": "de"}
    scores = {i: 0.0 for i, _, _ in documents} | {"fr-1": 0.9, "low": 0.05}
    for name, (middle, spread) in SCORES.items():
        scores |= {f"{name}-{n}": middle + spread * (n % 3 - 1) for n in range(DOCUMENTS)}
    scripts = {i: "Latn" for i, _, _ in documents}
    columns = {"language": languages, "language_score": scores, "language_script": scripts}
    lake = lake_with(spark, folder / "lake", "run", documents, **columns)
    outcome = fit(lake, methods_of(["mean-std", "max_list_ratio=10-tail"]), size=1000, least=20)
    recipe = write(outcome, folder / "fitted", "fitted", page(outcome, "fitted", "lake"))
    return Made(lake, outcome, recipe, folder)


def test_languages_with_enough_documents_are_fitted_and_the_others_are_named(made: Made) -> None:
    assert [each.language for each in made.outcome.fitted] == ["deu_Latn", "eng_Latn"]
    assert made.outcome.skipped == (("fra_Latn", "1 document, but 20 are needed"),)
    assert made.outcome.english == 20  # those at the low end of the scores are not above the threshold
    assert lines(made.outcome)[0] == "2 languages fitted, 1 left out"
    assert made.outcome.fitted[0].stop_words[:8] == tuple(sorted(made.outcome.fitted[0].stop_words[:8], key=_rank))


def _rank(word: str) -> tuple[int, str]:
    counts = " ".join(text("de", n) for n in range(DOCUMENTS)).lower().replace(".", " ").split()
    return -counts.count(word), word


def test_the_thresholds_are_those_of_what_was_planted(made: Made) -> None:
    found = configurations(str(made.folder / "fitted" / "configurations"))
    german, english = found["deu_Latn"], found["eng_Latn"]
    assert set(SMALL["de"]) <= set(german.stopwords)
    assert set(SMALL["en"]) <= set(english.stopwords)
    assert english.max_avg_word_length == pytest.approx(10, abs=0.001)  # English fitted to English is English
    assert german.max_avg_word_length > english.max_avg_word_length
    assert german.language_score == pytest.approx(0.8 - 0.147, abs=0.01)
    assert english.language_score == pytest.approx(0.9 - 0.0163, abs=0.001)


def test_a_second_fit_gives_the_same_result(made: Made) -> None:
    again = fit(made.lake, methods_of(["mean-std", "max_list_ratio=10-tail"]), size=1000, least=20)
    assert as_json(again) == as_json(made.outcome)


def test_a_missing_language_is_an_error(made: Made) -> None:
    with pytest.raises(UserError, match="has no documents of the language jpn_Jpan: there are deu_Latn, eng_Latn"):
        fit(made.lake, methods_of([]), languages=["jpn_Jpan"], size=10, least=2)
    with pytest.raises(UserError, match=r"no language of .* has 500 documents \(deu_Latn has most, 31\)"):
        fit(made.lake, methods_of([]), size=10, least=500)


def test_each_document_is_judged_by_the_thresholds_of_its_language(made: Made, spark: SparkSession) -> None:
    rows = _judged(made)
    assert rows["fr-1"]["removed_by"] == "language.unconfigured"
    assert rows["none"]["removed_by"] == "language.unconfigured"
    assert rows["low"]["removed_by"] == "language.low_score"
    assert rows["low"]["values"] == {"language_score": 0.05, "threshold": pytest.approx(0.653, abs=0.01)}
    assert rows["en-0"]["removed_by"] == "language.low_score"
    kept = {i for i, row in rows.items() if row["removed_by"] is None}
    assert kept == {f"de-{n}" for n in range(DOCUMENTS)} | {f"en-{n}" for n in range(DOCUMENTS) if n % 3}


def test_explain_names_the_threshold_of_the_language(made: Made) -> None:
    told = explain(made.lake, _without_lists(made.recipe), "low")
    (language, *_, stops) = told.steps
    assert [str(rule) for rule in language.broken] == [f"language_score < {_score(made):g}"]
    quality = next(step for step in told.steps if str(step.step) == "gopher_quality")
    shown = {rule.name: str(rule) for rule in quality.rules}
    assert shown["short_doc"] == "words < 50"
    own = configurations(str(made.folder / "fitted" / "configurations"))["deu_Latn"].max_avg_word_length
    assert shown["above_avg_threshold"] == f"mean_word_length > {own:g}"
    assert stops.measured == {"stop_words": 8}


def _score(made: Made) -> float:
    return configurations(str(made.folder / "fitted" / "configurations"))["deu_Latn"].language_score


def _without_lists(recipe: Recipe) -> Recipe:
    """The recipe's steps on single documents, up to the step that counts stop words."""
    names = ("language", "gopher_repetition", "fineweb_quality", "gopher_quality", "stop_words")
    return recipe.model_copy(update={"steps": tuple(step for step in recipe.steps if str(step) in names)})


def _judged(made: Made) -> dict[str, Row]:
    frame = fresh(made.lake.read("silver/documents"))
    for step in _without_lists(made.recipe).steps:
        if step.kind != "gopher_repetition":  # the made texts repeat themselves
            frame = frame.transform(judge(step))
    return {row["id"]: row for row in frame.collect()}
