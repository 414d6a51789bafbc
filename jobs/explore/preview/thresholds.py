"""Finds and changes options that are thresholds: those that change a rule's bound, and not what is measured."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from decantry.jobs.explore.preview.change import Change, changed_rules
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import meant, step_of

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.rule import Rule
    from decantry.jobs.steps.step import Step

MOST_VALUES = 50
"""The most values of a sweep."""
EXAMPLE = "gopher_quality.min_words=80"
_LARGEST = 2**53
"""All smaller integers are exact as 64-bit floating-point numbers."""
_FURTHER = 1
"""This value is added to an option to see which rules depend on it."""


def with_settings(recipe: Recipe, settings: Sequence[str]) -> Change:
    """The recipe with all of the settings, each `step.option=value`.

    Raises UserError for an unknown step or option, a value that is not valid, and an option that is not a threshold.
    """
    changes: dict[int, dict[str, Any]] = {}
    for setting in settings:
        index, option, raw = _parts(recipe, setting, "--set")
        if option in changes.setdefault(index, {}):
            raise UserError(f"--set names {recipe.steps[index]}.{option} twice: name it once")
        changes[index][option] = _number(raw)
    steps = {index: _with(recipe.steps[index], options) for index, options in changes.items()}
    return Change(", ".join(settings), steps)


def swept(recipe: Recipe, sweep: str) -> tuple[str, list[Change]]:
    """The option, `step.option`, and the recipe with each value of `step.option=FROM:TO:STEP`, both ends included.

    Raises UserError as `with_settings` does, and for a range that is not valid.
    """
    index, option, raw = _parts(recipe, sweep, "--sweep")
    step = recipe.steps[index]
    before = float(getattr(step, option))
    return f"{step}.{option}", [
        Change(f"{number}", {index: _with(step, {option: number})}, float(number), before) for number in _range(raw)
    ]


def thresholds_of(step: Step) -> dict[str, tuple[int, ...]]:
    """The options that are thresholds, each with the indices of the rules that depend on it.

    A step that looks across documents has none.
    """
    if step.looks_across:
        return {}
    found = {}
    rules = step.rules()
    for option, value in step:
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        other = step.model_copy(update={option: value + _FURTHER}).rules()
        if _lines(other) == _lines(rules) and (moved := changed_rules(rules, other)):
            found[option] = moved
    return found


def _lines(rules: Sequence[Rule]) -> list[tuple[str, ...]]:
    return [(rule.name, rule.measurement, rule.removes_when, rule.shown) for rule in rules]


def _parts(recipe: Recipe, setting: str, flag: str) -> tuple[int, str, str]:
    """The index of the step, its option, and the value as text. Raises UserError unless the option is a threshold."""
    name, equals, raw = setting.partition("=")
    step_name, dot, option = name.strip().partition(".")
    if not equals or not dot:
        form = "gopher_quality.min_words=20:200:20" if flag == "--sweep" else EXAMPLE
        raise UserError(f"{flag} is {setting[:200]!r}: write step.option=value, like {form}")
    indices = {str(step): index for index, step in enumerate(recipe.steps)}
    if step_name not in indices:
        raise UserError(f"{flag}: {recipe.recipe} has no step {step_name[:80]}; {meant(step_name, list(indices))}")
    step = recipe.steps[indices[step_name]]
    known = [each for each in type(step).model_fields if each != "name"]
    if option not in known:
        offered = meant(option, known) if known else "it has none"
        raise UserError(f"{flag}: the step {step} has no option {option[:80]}; {offered}")
    if step.looks_across:
        raise UserError(
            f"{flag}: {step} compares documents with each other, so only a run can show what {option} changes: change "
            f"it in a copy of the recipe and run `decantry curate`"
        )
    able = thresholds_of(step)
    if option not in able:
        those = f"its thresholds are {', '.join(able)}" if able else "the step has none"
        raise UserError(
            f"{flag}: {step}.{option} is not a threshold, so only a run can show what it changes "
            f"({those}): change it in a copy of the recipe and run `decantry curate`"
        )
    return indices[step_name], option, raw.strip()


def _with(step: Step, options: dict[str, Any]) -> Step:
    given = step.model_dump(mode="json", by_alias=True, exclude=set() if step.name else {"name"})
    return step_of(type(step), given | options, f"the step {step}")


def _number(raw: str) -> Any:
    """The value as a number, or as text if it is not a number; the step then rejects it."""
    for kind in (int, float):
        try:
            number = kind(raw)
        except ValueError:
            continue
        if abs(number) < _LARGEST:
            return number
    return raw[:80]


def _range(raw: str) -> list[int | float]:
    """The values of the range. Raises UserError if it is not a range, or its values are too large or too many."""
    given = f"--sweep has the values {raw[:80]!r}"
    wrong = UserError(f"{given}: write FROM:TO:STEP, like 20:200:20")
    try:
        first, last, step = (Decimal(part) for part in raw.split(":"))
        if not (first.is_finite() and last.is_finite() and step.is_finite() and step > 0 and first <= last):
            raise wrong
        if first <= -_LARGEST or max(last, step) >= _LARGEST:
            raise UserError(f"{given}: each number has to be less than {_LARGEST:,}")
        if last - first >= step * MOST_VALUES:
            raise UserError(f"{given}, which are more than {MOST_VALUES} values: make the step larger")
        whole = all(number == number.to_integral_value() for number in (first, step))
        values = [first + number * step for number in range(int((last - first) / step) + 1)]
    except (ArithmeticError, ValueError):
        raise wrong from None
    return [int(value) if whole else float(value) for value in values]
