"""decantry rollback: go back to an earlier publication of a recipe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from decantry.jobs.cli.app import LakeOption, app
from decantry.jobs.cli.context import open_lake
from decantry.jobs.lake.publications import publications
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.terminal import harmless
from decantry.jobs.recipe.load import load
from decantry.jobs.upkeep.rollback import rollback

if TYPE_CHECKING:
    from decantry.jobs.lake.publications import Publication

To = Annotated[
    str | None,
    typer.Option(
        "--to", metavar="PUBLICATION", help="The publication to go back to, like fineweb@3. Default: list them."
    ),
]


@app.command(name="rollback")
def command(
    recipe: Annotated[str, typer.Argument(metavar="RECIPE", help="The name of a published recipe, or its file.")],
    lake: LakeOption,
    to: To = None,
) -> None:
    """Go back to an earlier publication of a recipe in one commit. Without --to, list its publications.

    The next `curate` or `run` of the recipe continues from there. If the publication has another recipe hash than the
    recipe has now, they end with an error and ask for --rebuild.

    Example: `decantry rollback fineweb --to fineweb@3 --lake my-lake`
    """
    if recipe.endswith((".yaml", ".yml")):
        recipe = load(recipe).recipe
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", recipe):
        raise UserError(f"{recipe} is not a recipe's name: use the name of a published recipe, like fineweb")
    opened = open_lake(lake, write=to is not None, must_exist=True)
    if to is not None:
        chosen = rollback(opened, recipe, to)
        print(f"{recipe} is now {chosen.name} again: {chosen.kept:,} documents of {_crawls(chosen)}")
        return
    found = publications(opened, recipe)
    if not found:
        raise UserError(f"{recipe} has no publications in {lake}: run `decantry curate {recipe}`")
    for number, each in enumerate(found):
        mark = "  (current)" if number == 0 else ""
        what = f"{each.kept:>12,} documents of {_crawls(each)}"
        print(f"{each.name:<24}{each.at:%Y-%m-%d %H:%M}  {each.kind:<8}{what}{mark}")


def _crawls(publication: Publication) -> str:
    return ", ".join(sorted(harmless(crawl) for crawl in publication.crawls)) or "no crawl"
