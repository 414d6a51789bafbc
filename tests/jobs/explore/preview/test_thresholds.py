"""Options that are thresholds, and the message for other options."""

from __future__ import annotations

import pytest

from decantry.jobs.explore.preview.thresholds import swept, thresholds_of, with_settings
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import load, parse

FINEWEB = load("fineweb")
QUALITY = next(place for place, step in enumerate(FINEWEB.steps) if str(step) == "gopher_quality")


def step(yaml: str) -> dict[str, tuple[int, ...]]:
    return thresholds_of(parse(f"recipe: some\nsteps:\n  - {yaml}", "some.yaml").steps[0])


def test_thresholds_are_those_that_rules_follow_and_measurements_do_not() -> None:
    assert [*step("fineweb_quality: {}")] == [
        *("min_line_punct_ratio", "max_short_line_ratio", "max_char_dup_ratio", "max_list_ratio")
    ]
    assert step("c4: {}") == {"min_sentences": (2,)}
    assert step("language: {keep: [en]}") == {"above": (1,)}
    assert step("url_filter: {}") == {"soft_words": (4,)}
    assert len(step("gopher_repetition: {}")) == 13
    assert step("sample: {share: 0.5}") == step("near_duplicates: {}") == step("redact_pii: {}") == {}


def test_several_settings_make_one_change() -> None:
    change = with_settings(
        FINEWEB, ["gopher_quality.min_words=80", "gopher_quality.max_words=900", "c4.min_sentences=2"]
    )
    made = {str(step): step for step in change.steps.values()}
    assert [*made] == ["gopher_quality", "c4"]
    assert (made["gopher_quality"].min_words, made["gopher_quality"].max_words) == (80, 900)  # type: ignore[attr-defined]
    assert made["c4"].terminal_punctuation is False  # type: ignore[attr-defined]
    assert change.label == "gopher_quality.min_words=80, gopher_quality.max_words=900, c4.min_sentences=2"


def test_a_sweep_has_both_ends() -> None:
    option, changes = swept(FINEWEB, "gopher_quality.min_words=20:60:20")
    assert option == "gopher_quality.min_words"
    assert [(each.label, each.value, each.before) for each in changes] == [
        ("20", 20, 50),
        ("40", 40, 50),
        ("60", 60, 50),
    ]
    assert [each.steps[QUALITY].min_words for each in changes] == [20, 40, 60]  # type: ignore[attr-defined]
    _, shares = swept(FINEWEB, "fineweb_quality.max_list_ratio=0.1:0.3:0.1")
    assert [each.value for each in shares] == [0.1, 0.2, 0.3]


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("min_words=80", "--set is 'min_words=80': write step.option=value, like gopher_quality.min_words=80"),
        ("gopher_quality.min_words", "--set is 'gopher_quality.min_words': write step.option=value"),
        ("gopher_qualty.min_words=80", "fineweb has no step gopher_qualty; did you mean `gopher_quality`?"),
        ("gopher_quality.min_word=80", "no option min_word; did you mean `min_words`?"),
        (
            "gopher_quality.min_words=many",
            "the step gopher_quality: `min_words` is 'many': Input should be a valid integer",
        ),
        ("gopher_quality.min_words=-3", "`min_words` is -3"),
        ("gopher_quality.min_words=9" + "9" * 5000, "Input should be a valid integer"),
        ("gopher_quality.min_words=200000", "no text can have min_words 200,000"),
        ("gopher_quality.max_hash_ratio=nan", "the step gopher_quality"),
        ("fineweb_quality.short_line_length=40", "is not a threshold, so only a run can show what it changes"),
        ("c4.terminal_punctuation=true", "c4.terminal_punctuation is not a threshold"),
        ("language.keep=de", "its thresholds are above"),
        ("near_duplicates.bands=9", "near_duplicates compares documents with each other"),
        ("redact_pii.x=1", "the step redact_pii has no option x; it has none"),
    ],
)
def test_an_invalid_threshold_is_reported(setting: str, told: str) -> None:
    with pytest.raises(UserError) as error:
        with_settings(FINEWEB, [setting])
    assert told.replace(",", "") in str(error.value).replace(",", "")
    assert "\n" not in str(error.value)


def test_a_threshold_is_set_once() -> None:
    with pytest.raises(UserError, match=r"names gopher_quality.min_words twice"):
        with_settings(FINEWEB, ["gopher_quality.min_words=80", "gopher_quality.min_words=90"])


@pytest.mark.parametrize(
    "values", ["20:200", "20:10:5", "20:200:0", "a:b:c", "1:2:nan", "1:inf:1", "1:2:3:4", "snan:1:1", ""]
)
def test_an_invalid_range(values: str) -> None:
    with pytest.raises(UserError, match=r"write FROM:TO:STEP, like 20:200:20"):
        swept(FINEWEB, f"gopher_quality.min_words={values}")


def test_a_range_of_too_many_values() -> None:
    assert len(swept(FINEWEB, "gopher_quality.min_words=0:49:1")[1]) == 50
    for values in ("0:50:1", "0:1000000:1", "0:10:1e-300", "0:10:1e-999999999"):
        with pytest.raises(UserError, match=r"which are more than 50 values: make the step larger") as error:
            swept(FINEWEB, f"gopher_quality.min_words={values}")
        assert f"--sweep has the values '{values}'" in str(error.value)


@pytest.mark.parametrize("values", ["0:1e5000:1", "0:1e999999:1e-999999", "-1e999999999:0:1", "1:2:9007199254740992"])
def test_a_range_of_numbers_that_are_too_large(values: str) -> None:
    with pytest.raises(UserError, match=r"each number has to be less than 9,007,199,254,740,992"):
        swept(FINEWEB, f"gopher_quality.min_words={values}")
