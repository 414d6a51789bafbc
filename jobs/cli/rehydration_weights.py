"""decantry rehydration-weights: how often to repeat a survivor, by its cluster's size."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from decantry.jobs.cli.app import app


@app.command(name="rehydration-weights")
def command(
    distribution: Annotated[
        Path, typer.Argument(metavar="DISTRIBUTION.json", help="Removal rates by cluster size, as FineWeb2 has them.")
    ],
    max_repetitions: Annotated[
        int, typer.Option("--max-repetitions", min=1, max=1000, help="How often the least removed size is repeated.")
    ] = 10,
) -> None:
    """Print, as JSON, how often to repeat a document by the size of its cluster.

    Each entry is the least size and the number of repetitions. The method is FineWeb2's. The step `rehydrate` takes the
    weights. Does not start Spark.

    Example: `decantry rehydration-weights distributions/deu_Latn.json --max-repetitions 5`
    """
    import json

    from decantry.jobs.dedup.rehydration import read_distribution, weights

    found = weights(read_distribution(distribution), max_repetitions)
    print(json.dumps({str(size): repeated for size, repeated in found.items()}))
