"""The application that commands register with, and the options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from decantry.jobs.cli.on_demand import OnDemand
from decantry.jobs.cli.version import code_version

app = typer.Typer(
    name="decantry",
    cls=OnDemand,
    help="Common Crawl to curated text corpora, on Spark and Delta Lake. Every page's fate is a row.",
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"decantry {code_version()}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


LakeOption = Annotated[
    str,
    typer.Option("--lake", envvar="DECANTRY_LAKE", help="The lake: a folder, s3a://BUCKET/PATH, or catalog.prefix."),
]
InputOption = Annotated[
    list[str],
    typer.Option("--input", "-i", help="An archive, folder, glob, https:// or s3:// address, or a list of paths."),
]
CrawlOption = Annotated[
    list[str] | None, typer.Option("--crawl", help="Only this crawl (repeat for several). Default: all.")
]
PUBLISHED_TOO = "The name of a recipe that is shipped or that the lake has published, or a YAML file."
RecipeArgument = Annotated[str, typer.Argument(metavar="RECIPE", help=PUBLISHED_TOO)]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress, only warnings and the result.")]
Rebuild = Annotated[
    bool, typer.Option("--rebuild", help="Replace a crawl that was published under another recipe hash.")
]
MeasureAll = Annotated[bool, typer.Option("--measure-all", help="Keep every measurement in silver/signals.")]
AllowLoss = Annotated[
    bool,
    typer.Option("--allow-loss", help="Publish even if nothing is kept, or less than half of what was published."),
]
