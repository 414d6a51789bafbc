"""decantry dedup: deduplicate a lake's documents, without any other rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from decantry.jobs.cli import show
from decantry.jobs.cli.app import AllowLoss, CrawlOption, LakeOption, QuietOption, Rebuild, app
from decantry.jobs.cli.context import open_lake, tracked
from decantry.jobs.curate.documents import require_crawls
from decantry.jobs.lake.published import published_rows
from decantry.jobs.process.progress import Progress
from decantry.jobs.process.spark import F
from decantry.jobs.process.terminal import counted, harmless
from decantry.jobs.recipe.deduplicating import deduplicating
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.recipe.load import load
from decantry.jobs.run.job import curate_checked

if TYPE_CHECKING:
    from decantry.jobs.curate.report import CurateReport
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe

CLUSTERS_SHOWN = 5
"""How many clusters are listed."""


@app.command(name="dedup")
def command(
    lake: LakeOption,
    recipe: Annotated[
        str, typer.Argument(metavar="[RECIPE]", help="A recipe with deduplicate steps: a name or a YAML file.")
    ] = "dedup",
    crawl: CrawlOption = None,
    scope: Annotated[
        str | None,
        typer.Option("--scope", help="Which documents are compared: those of one crawl, of one language, or all."),
    ] = None,
    shingles: Annotated[str | None, typer.Option("--shingles", help="The unit of shingles: word or character.")] = None,
    ngram: Annotated[int | None, typer.Option("--ngram", help="Units in a shingle.")] = None,
    bands: Annotated[int | None, typer.Option("--bands", help="Bands of the MinHash signature.")] = None,
    rows: Annotated[int | None, typer.Option("--rows", help="Hashes in each band.")] = None,
    verify: Annotated[
        float | None,
        typer.Option("--verify", help="The lowest Jaccard similarity of duplicates, checked on the texts."),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", help="Which document of a cluster to keep, like longest_text (repeat for ties)."),
    ] = None,
    rebuild: Rebuild = False,
    allow_loss: AllowLoss = False,
    quiet: QuietOption = False,
) -> None:
    """Deduplicate the lake's documents and publish the survivors. See the tables `clusters` and `verdicts`.

    Documents of a later crawl are compared with the fingerprints of earlier crawls. The options change the recipe's
    near_duplicates steps.

    Example: `decantry dedup --lake my-lake --scope all --verify 0.8`
    """
    given = {"scope": scope, "shingles": shingles, "ngram": ngram, "bands": bands, "rows": rows, "verify": verify}
    changes = {name: value for name, value in given.items() if value is not None} | ({"keep": keep} if keep else {})
    resolved: Recipe = deduplicating(load(recipe), changes)
    recipe_hash(resolved)  # reports a missing model or list before Spark starts
    progress = Progress(quiet)
    opened = open_lake(lake, write=True, must_exist=True, checked=True)
    require_crawls(opened, crawl)
    with tracked(opened, f"dedup {resolved.recipe}", progress) as context:
        report = curate_checked(context, resolved, crawl, rebuild=rebuild, allow_loss=allow_loss)
        largest = largest_clusters(opened, report)
    show.curated(report)
    for line in largest:
        print(line)


def largest_clusters(lake: Lake, report: CurateReport) -> list[str]:
    """The number of clusters that the recipe has in the lake, and the largest of them, as lines."""
    mine = published_rows(lake, "silver/clusters", report.recipe.recipe)
    found = mine.where("member = survivor").select("step", "cluster", "size", "survivor")
    counts = found.agg(F.count("*").alias("n"), F.sum("size").alias("members")).first()
    if counts is None or not counts["n"]:
        return ["no clusters"]
    largest = found.orderBy(F.col("size").desc(), "cluster").limit(CLUSTERS_SHOWN).collect()
    lines = [f"{counted(counts['n'], 'cluster')} of {counts['members']:,} documents; the largest:"]
    return lines + [harmless(f"  {row['size']:>9,}  kept {row['survivor']} ({row['step']})") for row in largest]
