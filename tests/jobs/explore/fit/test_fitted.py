"""The configuration of a language from planted values, and its files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from decantry.jobs.cli.fit import methods_of
from decantry.jobs.explore.fit.files import as_yaml, recipe, require_free, write
from decantry.jobs.explore.fit.filters import filters
from decantry.jobs.explore.fit.fitted import Fitted, fits
from decantry.jobs.explore.fit.job import Outcome
from decantry.jobs.explore.fit.page import page
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import parse
from decantry.jobs.steps.configurations import configurations
from tests.jobs.explore.fit.made import FACTOR, english, planted

WORDS = ("der", "die", "und", "in", "den", "von", "zu", "no")


def fitted(method: str) -> Fitted:
    found = fits(filters(), methods_of([method]), planted(), english())
    return Fitted("deu_Latn", 1001, 0.821, np.linspace(0.5, 1, 1001), found, WORDS)


def test_the_filters_are_those_that_configurations_have() -> None:
    found = {each.option: (each.step, each.measurement, each.side, each.english) for each in filters()}
    assert len(found) == len(filters()) == 15
    assert found["dup_line_frac"] == ("gopher_repetition", "dup_line_frac", "above", 0.3)
    assert found["duplicated_10_n_grams"] == ("gopher_repetition", "duplicated_10_n_grams", "above", 0.1)
    assert found["min_line_punct_ratio"] == ("fineweb_quality", "line_punct_ratio", "below", 0.12)
    assert found["max_list_ratio"] == ("fineweb_quality", "list_ratio", "above", 0.3)
    assert found["max_mean_word_length"] == ("gopher_quality", "mean_word_length", "above", 10)
    assert found["min_alpha_word_ratio"] == ("gopher_quality", "alpha_word_ratio", "below", 0.8)


@pytest.mark.parametrize("method", ["mean-std", "quantile", "median-ratio"])
def test_a_language_on_another_scale_gets_thresholds_on_that_scale(method: str) -> None:
    for fit in fitted(method).fits:
        if fit.filter.measurement == "mean_word_length" and method == "quantile":
            continue  # two thresholds on one measurement: english() is made for the last
        assert fit.threshold == pytest.approx(FACTOR * fit.filter.english, rel=0.01), fit.filter.option
        assert fit.note is None


def test_the_other_two_methods_do_as_they_say() -> None:
    assert all(fit.threshold == fit.filter.english for fit in fitted("english").fits)
    for fit in fitted("10-tail").fits:
        beyond = fit.values > fit.threshold if fit.filter.side == "above" else fit.values < fit.threshold
        assert np.mean(beyond) == pytest.approx(0.1, abs=0.01), fit.filter.option


def test_without_english_documents_the_english_thresholds_stand_and_the_reason_is_told() -> None:
    found = fits(filters(), methods_of(["max_list_ratio=10-tail"]), planted(), None)
    notes = {fit.filter.option: fit.note for fit in found}
    assert notes.pop("max_list_ratio") is None
    assert set(notes.values()) == {"there are too few English documents"}


def test_a_threshold_that_would_remove_all_is_not_taken() -> None:
    nothing = {name: np.zeros(100) for name in english()}
    found = {fit.filter.option: fit for fit in fits(filters(), methods_of(["10-tail"]), nothing, english())}
    assert found["dup_line_frac"].threshold == 0.3
    assert found["dup_line_frac"].note == "10-tail gives 0, which would remove every document above 0"
    assert found["min_alpha_word_ratio"].threshold == 0


def test_a_configuration_is_complete_and_reads_back_unchanged(tmp_path: Path) -> None:
    each = fitted("median-ratio")
    (tmp_path / "deu_Latn.yml").write_text(as_yaml(each), encoding="utf-8")
    (found,) = configurations(str(tmp_path)).values()
    assert found == each.configuration()
    assert found.language_score == 0.821
    assert found.top_n_grams == ((2, 0.4), (3, 0.36), (4, 0.32))
    assert found.max_avg_word_length == 20
    assert found.stopwords == WORDS  # `no` is a word, and not a boolean


def test_the_files_are_a_recipe_that_is_valid_and_a_page(tmp_path: Path) -> None:
    outcome = Outcome((fitted("mean-std"),), (("fra_Latn", "3 documents, but 100 are needed"),), 1001)
    made = write(outcome, tmp_path / "a b'c", "mine", page(outcome, "mine", "lake <1>"))
    assert made.recipe == "mine"
    assert [step.by_language for step in made.steps if getattr(step, "by_language", None)] == 5 * [
        str(tmp_path / "a b'c" / "configurations")
    ]
    html = (tmp_path / "a b'c" / "fit.html").read_text()
    assert html.count("<figure>") == 1 + len(filters())
    assert "lake &lt;1&gt;" in html
    assert "fra_Latn" in html and "3 documents, but 100 are needed" in html
    with pytest.raises(UserError, match="which has files: name a new folder"):
        require_free(tmp_path / "a b'c")


def test_the_recipe_of_a_fit_has_the_steps_of_fineweb2() -> None:
    made = parse(recipe("mine", Path("/somewhere")), "mine")
    assert [str(step) for step in made.steps][:3] == ["url_filter", "language", "near_duplicates"]
    assert made.title == "FineWeb2's steps with thresholds fitted to a lake"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("best", "--method is 'best': use one of english, mean-std, quantile, 10-tail, median-ratio"),
        ("max_words=english", "there is no threshold max_words; use one of dup_line_frac,"),
        ("max_list_ratio=", "use one of"),
    ],
)
def test_an_unknown_method_or_threshold_is_named(given: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        methods_of([given])


def test_one_method_for_all_gives_way_to_those_for_one() -> None:
    found = methods_of(["max_list_ratio=quantile", "10-tail"])
    assert found["max_list_ratio"] == "quantile"
    assert {method for option, method in found.items() if option != "max_list_ratio"} == {"10-tail"}
