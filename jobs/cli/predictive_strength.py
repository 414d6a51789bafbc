"""decantry predictive-strength: texts whose bits per character rank models as a benchmark does."""

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
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="JSONL or Parquet: `text`, and a column a model.")],
    ranking: Annotated[
        Path, typer.Option("--ranking", help='Benchmark scores, as {"llama-7b": 75.38, "llama-13b": 77.27}.')
    ],
    to: Annotated[Path, typer.Option("--to", help="The folder of judged.jsonl and scores.jsonl.")] = Path(
        "predictive-strength"
    ),
    output: Annotated[str, typer.Option("--output", "-o", help="text or json.")] = "text",
) -> None:
    """Choose texts to train a classifier on, by how far they rank models as a benchmark does.

    A row of TABLE is a text, with the bits per character that each model of the ranking needs for it. A text's score
    is the number of pairs of models of which the better one in the benchmark needs fewer bits. Texts of all pairs are
    good, and as many of the fewest pairs are bad. Both are in judged.jsonl; scores.jsonl has every text's score. The
    method is PreSelect's. Does not start Spark.

    Example: `decantry predictive-strength bits.jsonl --ranking benchmark.json`, then
    `decantry train fasttext predictive-strength/judged.jsonl`
    """
    if output not in ("text", "json"):
        raise UserError(f"--output is {output}: use text or json")
    found = choose(table, read_ranking(ranking), to)
    if output == "json":
        print(json.dumps(asdict(found)))
        return
    lost = f", {found.unknown:,} of them without a number of each model" if found.unknown else ""
    print(f"texts     {found.documents:,}{lost}")
    print(f"good      {found.good:,}: all {found.pairs} pairs of models agree with the benchmark")
    print(f"bad       {found.bad:,}: at most {found.bad_agree_in} pairs do")
    print(f"judged    {found.judged}")
    print(f"scores    {found.scores}")
    print(f"train     decantry train fasttext {found.judged}")
