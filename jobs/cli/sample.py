"""decantry sample: show a few documents that were kept, or that a rule removed."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from decantry.jobs.cli.app import LakeOption, RecipeArgument, app
from decantry.jobs.cli.context import open_lake
from decantry.jobs.cli.recipe_of import recipe_of
from decantry.jobs.explore.sample import require_rule, sample
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.process.terminal import counted, first_lines, harmless

if TYPE_CHECKING:
    from decantry.jobs.explore.sample import Sampled
    from decantry.jobs.recipe.model import Recipe

RemovedBy = Annotated[
    str | None,
    typer.Option("--removed-by", metavar="RULE", help="A rule (STEP.RULE) or a step. Default: show kept documents."),
]
MOST = 1_000


@app.command(name="sample")
def command(
    recipe: RecipeArgument,
    lake: LakeOption,
    removed_by: RemovedBy = None,
    number: Annotated[int, typer.Option("-n", "--number", min=1, max=MOST, help="How many documents to show.")] = 10,
) -> None:
    """Show a few documents that a rule removed, or that were kept; the same ones each time.

    Example: `decantry sample fineweb --removed-by gopher_quality.short_doc -n 10 --lake my-lake`
    """
    require_usable(lake, write=False)
    resolved = recipe_of(recipe, lake)
    if removed_by is not None:
        require_rule(resolved, removed_by)
    found = sample(open_lake(lake, write=False, query=True), resolved, removed_by, number)
    for each in found:
        print("\n".join([*lines(each, resolved), ""]))
    full = f"decantry explain ID --recipe {quote(recipe)} --lake {quote(lake)}"
    print(f"{counted(len(found), 'document')}; see one in full with `{full}`")


def lines(each: Sampled, recipe: Recipe) -> list[str]:
    """The document as lines for a terminal, without terminal escapes."""
    rules = {f"{step}.{rule.name}": rule for step in recipe.steps for rule in step.rules()}
    out = [harmless(each.url or "(no address)"), harmless(f"  id         {each.id}")]
    if each.removed_by is not None:
        rule = rules.get(each.removed_by)
        measured = ", ".join(f"{name} {value:.4g}" for name, value in each.values.items())
        when = f" (removes when {rule})" if rule else ""
        out.append(harmless(f"  removed by {each.removed_by}: {measured}{when}"))
    return out + first_lines(each.text)
