"""decantry rehydration-weights: compute how often to repeat a survivor, by the size of its cluster."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from decantry.jobs.cli.app import app
from decantry.jobs.dedup.rehydration import read_distribution, weights


@app.command(name="rehydration-weights")
def command(
    distribution: Annotated[
        Path,
        typer.Argument(
            metavar="DISTRIBUTION.json",
            help="A JSON file of removal rates by cluster size, as FineWeb2 publishes them.",
        ),
    ],
    max_repetitions: Annotated[
        int,
        typer.Option(
            "--max-repetitions",
            min=1,
            max=1000,
            help="How often to repeat documents of the cluster size that loses least.",
        ),
    ] = 10,
) -> None:
    """Print as JSON how often to repeat a document, by the size of its cluster.

    Each entry has the smallest size of a range and its number of repetitions. The method is FineWeb2's. Use the output
    as the `weights` of the step `rehydrate`. Does not start Spark.

    Example: `decantry rehydration-weights distributions/deu_Latn.json --max-repetitions 5`
    """

    found = weights(read_distribution(distribution), max_repetitions)
    print(json.dumps({str(size): repeated for size, repeated in found.items()}))
