"""The language step with configurations, and what it refuses."""

from __future__ import annotations

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import parse
from decantry.udfs.page.language_names import VERSION


def rules(options: str) -> list[str]:
    (step,) = parse(f"recipe: some\nsteps:\n  - language: {options}\n", "some.yaml").steps
    return [f"{rule.name}: {rule}" for rule in step.rules()]


def test_without_configurations_it_is_fineweb_s() -> None:
    assert rules("{keep: [en, de]}") == ["other: language not in en, de", "low_score: language_score <= 0.65"]


def test_with_configurations_each_language_has_its_score() -> None:
    low = "low_score: language_score < the language's language_score"
    assert rules("{by_language: here}") == ["unconfigured: configured < 1", low]
    assert rules("{by_language: here, keep: [deu_Latn]}") == [
        "other: language not in deu_Latn",
        "unconfigured: configured < 1",
        low,
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("{}", "give `keep` .* or `by_language`"),
        ("{keep: []}", "give `keep` .* or `by_language`"),
        ("{by_language: here, above: 0.5}", "`above` does not go with `by_language`"),
        ("{by_language: ''}", "`by_language` is ''"),
    ],
)
def test_options_that_exclude_each_other_are_an_error(options: str, expected: str) -> None:
    with pytest.raises(UserError, match=expected):
        rules(options)


def test_the_place_of_configurations_is_not_in_the_options() -> None:
    here, there = (
        parse(f"recipe: some\nsteps:\n  - gopher_quality: {{by_language: {place}}}\n", "some.yaml").steps[0].options()
        for place in ("here", "there")
    )
    assert here == there
    assert here["by_language"] == VERSION
    assert "by_language" not in parse("recipe: some\nsteps: [gopher_quality]\n", "some.yaml").steps[0].options()
