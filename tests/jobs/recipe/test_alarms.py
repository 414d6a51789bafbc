"""The alarms of a recipe: defaults, options and errors."""

from __future__ import annotations

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.alarms import Alarms
from decantry.jobs.recipe.difference import differences
from decantry.jobs.recipe.dump import dump
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.recipe.load import parse
from decantry.jobs.recipe.model import Recipe


def recipe(checks: str) -> Recipe:
    return parse(f"recipe: pets\nsteps:\n  - redact_pii: {{}}\n{checks}", "pets.yaml")


def test_every_recipe_has_alarms_that_warn() -> None:
    for checks in ("", "checks: []", "checks:\n  - kept_share: {between: [0.1, 0.9]}"):
        assert recipe(checks).alarms == Alarms(share=0.9, at_least=1_000, severity="warning")


def test_options_are_among_the_checks_and_change_no_hash() -> None:
    strict = recipe("checks:\n  - alarms: {share: 0.5, severity: error}\n  - kept: {between: [1, null]}")
    assert strict.alarms == Alarms(share=0.5, at_least=1_000, severity="error")
    assert [check.metric for check in strict.checks] == ["kept"]
    assert recipe_hash(strict) == recipe_hash(recipe(""))
    assert parse(dump(strict), "again") == strict
    assert list(differences(recipe("checks: []"), recipe("checks:\n  - alarms: {share: 0.5}")))[1:] == [
        "  alarms.share: 0.9 -> 0.5"
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("{share: 90}", "check 1 (alarms): `share` is 90: Input should be less than or equal to 1"),
        ("{share: 0}", "check 1 (alarms): `share` is 0: Input should be greater than 0"),
        ("{at_least: 0}", "check 1 (alarms): `at_least` is 0: Input should be greater than or equal to 1"),
        ("{severity: fail}", "check 1 (alarms): `severity` is 'fail': Input should be 'error' or 'warning'"),
        (
            "{shares: 0.5}",
            "check 1 (alarms): there is no key `shares`; did you mean `share`? choose from at_least, severity, share",
        ),
    ],
)
def test_invalid_alarms_are_an_error_in_one_line(options: str, expected: str) -> None:
    with pytest.raises(UserError) as caught:
        recipe(f"checks:\n  - alarms: {options}")
    assert str(caught.value) == f"the recipe pets.yaml, {expected}"


def test_alarms_may_appear_once_and_only_among_the_checks() -> None:
    with pytest.raises(UserError, match="its checks have `alarms` twice: put all options into one of them"):
        recipe("checks:\n  - alarms: {share: 0.5}\n  - alarms: {at_least: 5}")
    with pytest.raises(UserError, match="there is no key `alarms`"):
        recipe("alarms: {share: 0.5}")
