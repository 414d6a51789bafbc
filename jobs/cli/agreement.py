"""decantry agreement: how far models and people agree on the scores of the same texts."""

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
        list[Path] | None, typer.Argument(metavar="FILE", help="JSONL or Parquet with scores, each one rater's.")
    ] = None,
    lake: Annotated[str | None, typer.Option("--lake", help="Also compare the models of this lake's labels.")] = None,
    rubric: Annotated[str, typer.Option("--rubric", help="The rubric whose labels of the lake are compared.")] = "edu",
    columns: Annotated[list[str] | None, typer.Option("--columns", help="As id=uri,score=grade.")] = None,
    output: Annotated[str, typer.Option("--output", "-o", help="text or json.")] = "text",
) -> None:
    """Compare the scores of models and people: exact, within one, quadratic weighted kappa, Spearman, confusion.

    A file has rows with `score` (or `label`), a whole number from 0 to 5, and `id` or `text`. Every two raters are
    compared on the texts that both have, found by `id`, or else by `text`. Spark is not started.

    Example: `decantry agreement people.jsonl --lake my-lake --rubric edu --output json`
    """
    if output not in ("text", "json"):
        raise UserError(f"--output is {output}: use text or json")
    named = mapping(columns or [], ("id", "text", "score"))
    raters = [of_file(file, named) for file in files or []]
    found = pairs(raters + (of_lake(lake, rubric) if lake is not None else []))
    if output == "json":
        told = [{"one": one, "other": other} | (asdict(each) if each else {"count": 0}) for one, other, each in found]
        print(json.dumps(told))
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
        "            " + "".join(f"{score:>7}" for score in range(len(each.confusion))) + "  (columns: the second)",
        *(f"{score:>12}" + "".join(f"{n:>7,}" for n in row) for score, row in enumerate(each.confusion)),
    ]
