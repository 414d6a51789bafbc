"""decantry agreement: measure how far models and people agree on the scores of the same texts."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from decantry.jobs.cli.app import app
from decantry.jobs.label.raters import of_file, of_lake, pairs
from decantry.jobs.models.read import mapping
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.terminal import harmless

if TYPE_CHECKING:
    from decantry.jobs.label.agreement import Agreement


@app.command(name="agreement")
def command(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help="JSONL or Parquet files with scores, one rater a file.")
    ] = None,
    lake: Annotated[str | None, typer.Option("--lake", help="Also compare the models of this lake's labels.")] = None,
    rubric: Annotated[str, typer.Option("--rubric", help="With --lake: the rubric of the labels.")] = "edu",
    columns: Annotated[
        list[str] | None, typer.Option("--columns", help="Names of columns, like id=uri,score=grade.")
    ] = None,
    output: Annotated[str, typer.Option("--output", "-o", help="text or json.")] = "text",
) -> None:
    """Compare the scores of models and people: agreement, kappa, rank correlation, confusion matrix.

    A file has rows with `score` (or `label`), a whole number from 0 to 5, and `id` or `text`. Each pair of raters is
    compared on the texts that both have scored. Texts are matched by `id`, or by `text` if no ids match. Does not
    start Spark.

    Example: `decantry agreement people.jsonl --lake my-lake --rubric edu --output json`
    """
    if output not in ("text", "json"):
        raise UserError(f"--output is {output}: use text or json")
    named = mapping(columns or [], ("id", "text", "score"))
    raters = [of_file(file, named) for file in files or []]
    found = pairs(raters + (of_lake(lake, rubric) if lake is not None else []))
    if output == "json":
        rows = [{"one": one, "other": other} | (asdict(each) if each else {"count": 0}) for one, other, each in found]
        print(json.dumps(rows))
        return
    for one, other, each in found:
        print(harmless(f"{one} and {other}"))
        for line in _lines(each):
            print(f"  {line}")


def _lines(each: Agreement | None) -> list[str]:
    if each is None:
        return ["texts       0 in common"]
    kappa, spearman = ("-" if value is None else f"{value:.3f}" for value in (each.kappa, each.spearman))
    return [
        f"texts       {each.count:,}",
        f"exact       {each.exact:.1%}",
        f"within one  {each.within_one:.1%}",
        f"kappa       {kappa} (quadratic weights)",
        f"Spearman    {spearman}",
        "            "
        + "".join(f"{score:>7}" for score in range(len(each.confusion)))
        + "  (rows: first rater, columns: second)",
        *(f"{score:>12}" + "".join(f"{n:>7,}" for n in row) for score, row in enumerate(each.confusion)),
    ]
