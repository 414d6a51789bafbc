"""decantry train extractor: a model of which blocks of a page are content."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def train_extractor(
    given: Annotated[
        list[str],
        typer.Option(
            "--input", "-i", help="An archive, folder or list, or JSON lines (.jsonl, .jsonl.gz) of annotated pages."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file of the model; its card goes beside it.")],
    share: Annotated[
        float, typer.Option("--share", min=0.0, max=1.0, help="The share of the archives' pages that is used.")
    ] = 1.0,
    folds: Annotated[int, typer.Option("--folds", min=2, max=100, help="Parts of the hosts that it is tried on.")] = 10,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, only the result.")] = False,
) -> None:
    """Train the model of `extractor: decantry`: which blocks of a page are content.

    trafilatura is the teacher; snippets that people marked overrule it. A line of annotated pages is
    `{"url": ..., "html": base64, "with_": [texts], "without": [texts]}`. Blocks and labels are held in memory, some
    1 KB a block. The figures are those of hosts that the model had not seen. Spark is not started.

    Example: `decantry train extractor --input crawl/*.warc.gz --input marked.jsonl.gz --output blocks.trees`
    """
    import json
    import sys

    from decantry.jobs.models.extractor import job

    def say(line: str) -> None:
        if not quiet:
            print(line, file=sys.stderr)

    print(json.dumps(job.tracked(job.Training(given, output, share, folds), say)))
