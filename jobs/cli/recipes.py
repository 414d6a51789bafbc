"""decantry recipes: list the recipes, or print one in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from decantry.jobs.cli.app import app
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.terminal import harmless
from decantry.jobs.recipe.difference import differences
from decantry.jobs.recipe.load import load, shipped, source

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe


@app.command(name="recipes")
def command(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A recipe to print, by name or file.")] = None,
    yaml: Annotated[
        bool, typer.Option("--yaml", help="Print the recipe's file, to start a recipe of your own from.")
    ] = False,
    diff: Annotated[
        str | None,
        typer.Option("--diff", metavar="OTHER", help="Print how this other recipe differs: a name or a YAML file."),
    ] = None,
) -> None:
    """List the recipes, or print one with every rule and threshold resolved.

    Example: `decantry recipes fineweb`, `decantry recipes fineweb --yaml > mine.yaml`,
    `decantry recipes fineweb --diff mine.yaml`
    """
    if name is None and (yaml or diff is not None):
        raise UserError(f"{'--yaml' if yaml else '--diff'} needs a recipe: name it, like fineweb")
    if name is not None and yaml:
        load(name)  # reports a recipe that is not valid
        print(*map(harmless, source(name).splitlines()), sep="\n")
        return
    if name is not None and diff is not None:
        for line in differences(load(name), load(diff)):
            say(line)
        return
    if name is None:
        for each in shipped():
            listed = load(each)
            print(f"{each:<22}{listed.title}\n{'':<22}  from {listed.reference[0]}")
        return
    recipe = load(name)
    for line in lines(recipe):
        say(line)


def lines(recipe: Recipe) -> Iterator[str]:
    """The recipe with every rule and threshold."""
    yield f"{recipe.recipe}: {recipe.title}"
    for reference in recipe.reference:
        yield f"  from {reference}"
    yield f"  reads {recipe.text.extractor} text"
    for number, step in enumerate(recipe.steps, 1):
        yield ""
        yield f"{number}. {step}: {step.about}" + ("" if str(step) == step.kind else f" ({step.kind})")
        yield f"   source: {step.source}"
        options = ", ".join(f"{key} {value}" for key, value in step.options().items())
        if options:
            yield f"   options: {options}"
        for rule in step.rules():
            yield f"   removes {step}.{rule.name} when {rule}"
    for check in recipe.checks:
        low, high = ("any" if bound is None else f"{bound:g}" for bound in check.between)
        of = f" of {check.step}" if check.step else ""
        yield ""
        yield f"check ({check.severity}): {check.metric}{of} between {low} and {high}"
    alarms = recipe.alarms
    yield ""
    most = f"{alarms.share:g} of a crawl, language, host or source with {alarms.at_least:,} documents or more"
    yield f"alarm ({alarms.severity}): a step removes more than {most}"


def say(line: str) -> None:
    """Print a recipe author's text without terminal escapes."""
    print(harmless(line))
