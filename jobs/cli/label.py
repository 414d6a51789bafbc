"""decantry label: score a sample of texts with a language model and a rubric."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated

import typer

from decantry.jobs.cli.app import QuietOption, app
from decantry.jobs.cli.context import open_lake
from decantry.jobs.label import of_file
from decantry.jobs.label.ask import Asker
from decantry.jobs.label.bounds import Pace, Price, Purse
from decantry.jobs.label.endpoint import Endpoint
from decantry.jobs.label.engine import Labelled
from decantry.jobs.label.label import Judge
from decantry.jobs.label.of_lake import label_lake
from decantry.jobs.label.rubric import load
from decantry.jobs.label.texts import NAMED, sample
from decantry.jobs.lake.statement import Refused, require_predicate
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.models.read import mapping
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.progress import Progress
from decantry.jobs.process.terminal import harmless


@app.command(name="label")
def command(
    context: typer.Context,
    endpoint: Annotated[
        str, typer.Option("--endpoint", help="The address of an OpenAI-compatible API, like http://host:8000/v1.")
    ],
    model: Annotated[str, typer.Option("--model", help="The name by which the endpoint knows the model.")],
    rubric: Annotated[str, typer.Option("--rubric", help="The rubric: edu, edu-zh, or a YAML file.")] = "edu",
    lake: Annotated[
        str | None, typer.Option("--lake", envvar="DECANTRY_LAKE", help="Label documents of this lake.")
    ] = None,
    input: Annotated[
        Path | None, typer.Option("--input", "-i", help="Label the texts of this JSONL or Parquet file.")
    ] = None,
    to: Annotated[Path, typer.Option("--to", help="With --input: the file to write labels to.")] = Path("labels.jsonl"),
    count: Annotated[int, typer.Option("-n", min=1, help="The size of the sample.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The seed of the sample.")] = 1,
    where: Annotated[
        str | None, typer.Option("--where", help="With --lake: only documents like \"language = 'en'\".")
    ] = None,
    columns: Annotated[
        list[str] | None, typer.Option("--columns", help="With --input: names of columns, like id=uri,text=body.")
    ] = None,
    rate: Annotated[float | None, typer.Option("--rate", help="The most requests in a minute.")] = None,
    max_tokens: Annotated[int | None, typer.Option("--max-tokens", min=1, help="The most tokens in this run.")] = None,
    max_cost: Annotated[
        float | None, typer.Option("--max-cost", help="The highest cost of this run. Needs --price.")
    ] = None,
    price: Annotated[
        str | None,
        typer.Option("--price", help="IN,OUT: the prices of a million prompt tokens and a million answer tokens."),
    ] = None,
    parallel: Annotated[int, typer.Option("--parallel", min=1, max=256, help="Requests at the same time.")] = 4,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds to wait for an answer.")] = 120.0,
    again: Annotated[
        bool, typer.Option("--again", help="Also label texts whose earlier answers had no score.")
    ] = False,
    output: Annotated[str, typer.Option("--output", "-o", help="text or json.")] = "text",
    quiet: QuietOption = False,
) -> None:
    """Score a sample of texts with a language model and a rubric, and keep the labels in a lake or a file.

    Set the key in the environment variable OPENAI_API_KEY. A text that already has a label by this model and rubric is
    left out, so you can continue a run that was killed. Before a run would pass --max-tokens or --max-cost, it stops
    with code 0. A score is a whole number from 0 to 5 in the form that the rubric asks for. If an answer has no score,
    the model is asked again, four times at most; then the text is kept as a failure.

    Example: `decantry label --endpoint http://localhost:8000/v1 --model qwen3 --rubric edu --lake my-lake -n 500`
    """
    if output not in ("text", "json"):
        raise UserError(f"--output is {output}: use text or json")
    _require_one_source(context, lake, input)
    judge = Judge(_name(model), load(rubric))
    purse = Purse(max_tokens, _positive("--max-cost", max_cost), _price(price))
    pace = Pace(_positive("--rate", rate))
    asked = Endpoint(endpoint, judge.model, _positive("--timeout", timeout) or 120.0)
    asker = Asker(judge, asked, pace, purse, lambda: datetime.now(timezone.utc))
    progress = Progress(quiet)
    if input is not None:
        if to.exists() and input.exists() and to.samefile(input):
            raise UserError(f"--to and --input are the same file, {to}: name another file for the labels")
        texts = sample(input, mapping(columns or [], NAMED), count, seed)
        asked.require_up()
        done = of_file.label_file(texts, asker, to, again=again, parallel=parallel, tell=progress.tell)
        kept = str(to)
    else:
        done = _of_lake(str(lake), asker, asked.require_up, count, seed, where, again, parallel, progress)
        kept = f"`labels` of {lake}"
    if output == "json":
        print(json.dumps(vars(done) | {"prompt_tokens": purse.prompt, "completion_tokens": purse.completion}))
    else:
        _show(done, purse, kept, priced=price is not None)


def _of_lake(
    lake: str,
    asker: Asker,
    require_up: Callable[[], None],
    count: int,
    seed: int,
    where: str | None,
    again: bool,
    parallel: int,
    progress: Progress,
) -> Labelled:
    if where is not None:
        try:
            require_predicate(where)
        except Refused as error:
            raise UserError(f"--where is not a predicate: {error}") from None
    require_usable(lake, write=False)
    require_up()
    opened = open_lake(lake, write=True, must_exist=True)
    return label_lake(opened, asker, count, seed, where=where, again=again, parallel=parallel, tell=progress.tell)


def _require_one_source(context: typer.Context, lake: str | None, input: Path | None) -> None:
    def given(name: str) -> bool:
        source = context.get_parameter_source(name)
        return source is not None and source.name == "COMMANDLINE"

    if input is None and lake is None:
        raise UserError("there is nothing to label: give --lake URI or --input FILE")
    if input is not None and given("lake"):
        raise UserError("--lake and --input exclude each other: give one of them")
    others = {"where": "--where"} if input is not None else {"to": "--to", "columns": "--columns"}
    for name, flag in others.items():
        if given(name):
            raise UserError(f"{flag} needs {'--lake' if input is not None else '--input'}: leave it out")


_WITHIN = {"--timeout": (0.001, 86_400.0), "--rate": (0.001, 1_000_000.0)}
"""The lowest and highest values that make sense: at most a day in seconds, and at least one request in 17 hours."""


def _name(model: str) -> str:
    if not model.strip() or len(model) > 200:
        raise UserError(
            "--model is empty or longer than 200 characters: give the name by which the endpoint knows the model"
        )
    return model


def _positive(name: str, value: float | None) -> float | None:
    if value is not None and not 0 < value < math.inf:
        raise UserError(f"{name} is {value}: use a positive number")
    if value is not None and name in _WITHIN and not _WITHIN[name][0] <= value <= _WITHIN[name][1]:
        raise UserError(f"{name} is {value:g}: use {_WITHIN[name][0]:g} to {_WITHIN[name][1]:g}")
    return value


def _price(text: str | None) -> Price | None:
    if text is None:
        return None
    try:
        prompt, completion = map(float, text.split(","))
        if 0 <= prompt < math.inf and 0 <= completion < math.inf:
            return Price(prompt, completion)
    except ValueError:
        pass
    raise UserError(
        f"--price is {text[:40]}: use IN,OUT, the prices of a million prompt and answer tokens, like 0.15,0.60"
    )


def _show(done: Labelled, purse: Purse, kept: str, *, priced: bool) -> None:
    print(f"labelled    {done.scores.total():,} texts; {done.before:,} more had a label already")
    print("scores      " + "  ".join(f"{score}: {done.scores[score]:,}" for score in range(6)))
    for why, number in sorted(done.failures.items()):
        print(f"no score    {number:,} ({why})")
    for why, number in done.unanswered.most_common(3):
        print(harmless(f"no answer   {number:,}; the next run tries these again ({why})"))
    cost = f", at a cost of {purse.cost:.4g}" if priced else ""
    print(f"tokens      {purse.prompt:,} in prompts, {purse.completion:,} in answers{cost}")
    if done.stopped is not None:
        advice = "run it again to continue" if done.scores or done.failures else "one text may need more: raise it"
        print(f"stopped     before it passed {done.stopped}; {advice}")
    print(harmless(f"kept in     {kept}"))
