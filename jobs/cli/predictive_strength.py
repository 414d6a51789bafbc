"""decantry predictive-strength: choose texts whose bits per character rank models as a benchmark does."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from decantry.jobs.cli.app import app
from decantry.jobs.models.strength_files import choose
from decantry.jobs.models.strength_table import read_ranking
from decantry.jobs.process.errors import UserError


@app.command(name="predictive-strength")
def command(
    table: Annotated[
        Path, typer.Argument(metavar="TABLE", help="A JSONL or Parquet file: `text`, and a column for each model.")
    ],
    ranking: Annotated[
        Path,
        typer.Option("--ranking", help='A JSON file of benchmark scores: {"llama-7b": 75.38, "llama-13b": 77.27}.'),
    ],
    to: Annotated[Path, typer.Option("--to", help="The folder for judged.jsonl and scores.jsonl.")] = Path(
        "predictive-strength"
    ),
    output: Annotated[str, typer.Option("--output", "-o", help="text or json.")] = "text",
) -> None:
    """Choose texts to train a classifier on: those that rank models as a benchmark does.

    A row of TABLE is a text, with the bits per character that each model of the ranking needs for it. A text's score is
    the number of pairs of models in which the better model of the benchmark needs fewer bits. Texts that agree with the
    benchmark in all pairs are good; as many texts with the lowest scores are bad. judged.jsonl has both, scores.jsonl
    has the score of every text. The method is PreSelect's. Does not start Spark.

    Example: `decantry predictive-strength bits.jsonl --ranking benchmark.json`, then
    `decantry train fasttext predictive-strength/judged.jsonl`
    """
    if output not in ("text", "json"):
        raise UserError(f"--output is {output}: use text or json")
    found = choose(table, read_ranking(ranking), to)
    if output == "json":
        print(json.dumps(asdict(found)))
        return
    lost = f", {found.unknown:,} of them lack the number of a model" if found.unknown else ""
    print(f"texts     {found.documents:,}{lost}")
    print(f"good      {found.good:,}: all {found.pairs} pairs of models agree with the benchmark")
    print(f"bad       {found.bad:,}: at most {found.bad_agree_in} pairs agree")
    print(f"judged    {found.judged}")
    print(f"scores    {found.scores}")
    print(f"train     decantry train fasttext {found.judged}")
