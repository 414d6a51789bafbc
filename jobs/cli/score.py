"""decantry score: score a lake's texts with a model, each text once."""

from __future__ import annotations

from typing import Annotated

import typer

from decantry.jobs.cli.app import CrawlOption, LakeOption, QuietOption, app
from decantry.jobs.cli.context import open_lake
from decantry.jobs.curate.score import score
from decantry.jobs.models.named import model_of
from decantry.jobs.process.progress import Progress
from decantry.jobs.tracking.store import registry_uri


@app.command(name="score")
def command(
    model: Annotated[
        str,
        typer.Argument(
            metavar="MODEL", help="The model: a file or folder, a URI, models:/NAME@ALIAS in MLflow, or cache:NAME."
        ),
    ],
    lake: LakeOption,
    sha256: Annotated[str | None, typer.Option("--sha256", help="The model's sha256. A URI needs it.")] = None,
    label: Annotated[
        str | None, typer.Option("--label", help="The label of a fastText model whose probability is the score.")
    ] = None,
    crawl: CrawlOption = None,
    recipe: Annotated[
        str | None, typer.Option("--recipe", help="Score the texts of this published corpus, as its steps edited them.")
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Score the lake's texts with a model, and keep the scores in the table `scores`.

    Texts that have a score are skipped.

    MODEL is a fastText file, a head of `decantry train embedding`, or the folder of a classifier that was exported to
    ONNX with one output. A fastText model of `decantry train` needs no --label, and gets the same form of words as in
    training. Recipes with a step of the same model reuse the scores.

    Example: `decantry score models/embedding --lake my-lake`
    """
    found = model_of(model, sha256, label, registry_uri(lake))  # reports a missing or damaged model before Spark starts
    progress = Progress(quiet)
    opened = open_lake(lake, write=True, must_exist=True)
    with progress.watching(opened.spark):
        report = score(opened, found, crawl, recipe=recipe, tell=progress.tell)
    for name, texts in report.texts.items():
        new = report.scored[name]
        result = f"{new:,} of {texts:,} texts scored" if new else f"already scored: {texts:,} texts"
        print(f"{name:<22}{result}")
    print(f"model_sha256 {found.sha256}, label {found.label}")
