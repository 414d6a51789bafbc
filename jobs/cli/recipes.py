"""decantry recipes: list the recipes, or print one in full."""

from __future__ import annotations

from typing import Annotated

import typer

from decantry.jobs.cli.app import app
from decantry.jobs.process.terminal import harmless


@app.command(name="recipes")
def command(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A recipe to print, by name or file.")] = None,
) -> None:
    """List the recipes, or print one with every rule and threshold resolved.

    Example: `decantry recipes fineweb`
    """
    from decantry.jobs.recipe.load import load, shipped

    if name is None:
        for each in shipped():
            print(f"{each:<22}{load(each).title}")
        return
    recipe = load(name)
    say(f"{recipe.recipe}: {recipe.title}")
    for reference in recipe.reference:
        say(f"  from {reference}")
    say(f"  reads {recipe.text.extractor} text")
    for number, step in enumerate(recipe.steps, 1):
        print()
        say(f"{number}. {step}: {step.about}" + ("" if str(step) == step.kind else f" ({step.kind})"))
        say(f"   source: {step.source}")
        options = ", ".join(f"{key} {value}" for key, value in step.options().items())
        if options:
            say(f"   options: {options}")
        for rule in step.rules():
            say(f"   removes {step}.{rule.name} when {rule}")
    for check in recipe.checks:
        low, high = ("any" if bound is None else f"{bound:g}" for bound in check.between)
        of = f" of {check.step}" if check.step else ""
        print()
        say(f"check ({check.severity}): {check.metric}{of} between {low} and {high}")


def say(line: str) -> None:
    """Print a recipe author's text without terminal escapes."""
    print(harmless(line))
