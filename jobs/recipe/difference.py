"""The differences between two recipes: steps, options and checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe


def differences(one: Recipe, other: Recipe) -> Iterator[str]:
    """A line for each difference: `-` for what only `one` has, `+` for what only `other` has, else `one -> other`.

    Steps are matched by name. Titles and references are left out, because they do not change a row.
    """
    found = list(_found(one, other))
    yield f"{one.recipe} and {other.recipe}: " + ("no differences that change a row" if not found else "differences")
    yield from found


def _found(one: Recipe, other: Recipe) -> Iterator[str]:
    if one.text.extractor != other.text.extractor:
        yield f"  text: {one.text.extractor} -> {other.text.extractor}"
    if one.text.form != other.text.form:
        yield f"  form of the text: {one.text.form} -> {other.text.form}"
    first, second = ({str(step): step for step in recipe.steps} for recipe in (one, other))
    for name in first:
        if name not in second:
            yield f"- {name}: {first[name].about}"
    for name in second:
        if name not in first:
            yield f"+ {name}: {second[name].about}"
    both = [name for name in first if name in second]
    if both != [name for name in second if name in first]:
        yield f"  order: {', '.join(both)} -> {', '.join(name for name in second if name in first)}"
    for name in both:
        if first[name].kind != second[name].kind:
            yield f"  {name}: {first[name].kind} -> {second[name].kind}"
        for line in _changed(first[name].options(), second[name].options()):
            yield f"  {name}.{line}"
    checks = [{f"{c.metric}{f' of {c.step}' if c.step else ''}": c for c in recipe.checks} for recipe in (one, other)]
    bounds = [{name: f"{list(c.between)} ({c.severity})" for name, c in each.items()} for each in checks]
    for line in _changed(*bounds):
        yield f"  check {line}"
    for line in _changed(one.alarms.model_dump(), other.alarms.model_dump()):
        yield f"  alarms.{line}"


def _changed(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[str]:
    for name in dict.fromkeys([*first, *second]):
        before, after = first.get(name, "none"), second.get(name, "none")
        if before != after:
            yield f"{name}: {before} -> {after}"
