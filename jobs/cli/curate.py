"""decantry curate: turn documents into a checked and published corpus."""

from __future__ import annotations

from decantry.jobs.cli import show
from decantry.jobs.cli.app import (
    AllowLoss,
    CrawlOption,
    LakeOption,
    MeasureAll,
    QuietOption,
    Rebuild,
    RecipeArgument,
    app,
)
from decantry.jobs.cli.context import open_lake, tracked
from decantry.jobs.cli.recipe_of import recipe_of
from decantry.jobs.curate.documents import require_crawls
from decantry.jobs.curate.models import require_models
from decantry.jobs.process.progress import Progress
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.run.job import curate_checked


@app.command(name="curate")
def command(
    recipe: RecipeArgument,
    lake: LakeOption,
    crawl: CrawlOption = None,
    rebuild: Rebuild = False,
    measure_all: MeasureAll = False,
    allow_loss: AllowLoss = False,
    quiet: QuietOption = False,
) -> None:
    """Judge the lake's documents by a recipe, check the result and publish it.

    Example: `decantry curate fineweb --lake my-lake`
    """
    resolved = recipe_of(recipe, lake)
    recipe_hash(resolved)  # reports a missing model or list before Spark starts
    require_models(resolved)
    progress = Progress(quiet)
    opened = open_lake(lake, write=True, must_exist=True, checked=True)
    require_crawls(opened, crawl)
    with tracked(opened, f"curate {resolved.recipe}", progress) as context:
        report = curate_checked(
            context, resolved, crawl, rebuild=rebuild, measure_all=measure_all, allow_loss=allow_loss
        )
    show.curated(report)
