"""decantry label: a language model judges a sample of texts by a rubric."""

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
    endpoint: Annotated[str, typer.Option("--endpoint", help="An OpenAI-compatible address, as http://host:8000/v1.")],
    model: Annotated[str, typer.Option("--model", help="The model's name there.")],
    rubric: Annotated[str, typer.Option("--rubric", help="edu, edu-zh, or a YAML file.")] = "edu",
    lake: Annotated[
        str | None, typer.Option("--lake", envvar="DECANTRY_LAKE", help="Judge documents of this lake.")
    ] = None,
    input: Annotated[
        Path | None, typer.Option("--input", "-i", help="Judge the texts of this JSONL or Parquet.")
    ] = None,
    to: Annotated[Path, typer.Option("--to", help="With --input: the file of labels.")] = Path("labels.jsonl"),
    count: Annotated[int, typer.Option("-n", min=1, help="How many texts the sample has.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Another seed, another sample.")] = 1,
    where: Annotated[str | None, typer.Option("--where", help="With --lake: as \"language = 'en'\".")] = None,
    columns: Annotated[list[str] | None, typer.Option("--columns", help="With --input: as id=uri,text=body.")] = None,
    rate: Annotated[float | None, typer.Option("--rate", help="At most so many requests a minute.")] = None,
    max_tokens: Annotated[
        int | None, typer.Option("--max-tokens", min=1, help="At most so many tokens in all.")
    ] = None,
    max_cost: Annotated[float | None, typer.Option("--max-cost", help="At most this cost, by --price.")] = None,
    price: Annotated[
        str | None, typer.Option("--price", help="IN,OUT: what a million tokens of prompts and of answers cost.")
    ] = None,
    parallel: Annotated[int, typer.Option("--parallel", min=1, max=256, help="Requests at the same time.")] = 4,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds to wait for an answer.")] = 120.0,
    again: Annotated[bool, typer.Option("--again", help="Ask again about texts whose answers had no score.")] = False,
    output: Annotated[str, typer.Option("--output", "-o", help="text or json.")] = "text",
    quiet: QuietOption = False,
) -> None:
    """Let a language model judge a sample of texts by a rubric, and keep its scores in `labels` or in a file.

    The key is OPENAI_API_KEY in the environment. A text that has a label by the same model and rubric is not asked
    about again, also after a run that was killed. The bounds on tokens and cost are for this run: it ends, with code
    0, before it passes one. A score is a whole number from 0 to 5 in the form that the rubric asks for; another answer
    is asked for again, four times at most, and then kept as a failure.

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
            raise UserError(f"--to is {to}, the file of --input: name another file for the labels")
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
    from decantry.jobs.label.of_lake import label_lake

    if where is not None:
        try:
            require_predicate(where)
        except Refused as error:
            raise UserError(f"--where is not used: {error}") from None
    require_usable(lake, write=False)
    require_up()
    opened = open_lake(lake, write=True, there=True)
    return label_lake(opened, asker, count, seed, where=where, again=again, parallel=parallel, tell=progress.tell)


def _require_one_source(context: typer.Context, lake: str | None, input: Path | None) -> None:
    def given(name: str) -> bool:
        source = context.get_parameter_source(name)
        return source is not None and source.name == "COMMANDLINE"

    if input is None and lake is None:
        raise UserError("say what to judge: --lake URI, or --input FILE")
    if input is not None and given("lake"):
        raise UserError("--lake and --input are two sources: give one of them")
    others = {"where": "--where"} if input is not None else {"to": "--to", "columns": "--columns"}
    for name, told in others.items():
        if given(name):
            raise UserError(f"{told} is for {'--lake' if input is not None else '--input'}: leave it out")


_WITHIN = {"--timeout": (0.001, 86_400.0), "--rate": (0.001, 1_000_000.0)}
"""What is of use: a day in seconds, and from a request in 17 hours to many in a minute."""


def _name(model: str) -> str:
    if not model.strip() or len(model) > 200:
        raise UserError("--model is empty or too long: give the name that the endpoint knows")
    return model


def _positive(name: str, value: float | None) -> float | None:
    if value is not None and not 0 < value < math.inf:
        raise UserError(f"{name} is {value}: it must be a positive number")
    if value is not None and name in _WITHIN and not _WITHIN[name][0] <= value <= _WITHIN[name][1]:
        raise UserError(f"{name} is {value:g}: give {_WITHIN[name][0]:g} to {_WITHIN[name][1]:g}")
    return value


def _price(told: str | None) -> Price | None:
    if told is None:
        return None
    try:
        prompt, completion = map(float, told.split(","))
        if 0 <= prompt < math.inf and 0 <= completion < math.inf:
            return Price(prompt, completion)
    except ValueError:
        pass
    raise UserError(f"--price is {told[:40]}: say IN,OUT, as 0.15,0.60: the cost of a million tokens of each")


def _show(done: Labelled, purse: Purse, kept: str, *, priced: bool) -> None:
    print(f"labelled    {done.scores.total():,} texts; {done.before:,} more had a label before")
    print("scores      " + "  ".join(f"{score}: {done.scores[score]:,}" for score in range(6)))
    for why, number in sorted(done.failures.items()):
        print(f"no score    {number:,} ({why})")
    for why, number in done.unanswered.most_common(3):
        print(harmless(f"no answer   {number:,}, which another run asks about again ({why})"))
    cost = f", at a cost of {purse.cost:.4g}" if priced else ""
    print(f"tokens      {purse.prompt:,} of prompts, {purse.completion:,} of answers{cost}")
    if done.stopped is not None:
        again = "run it again to go on" if done.scores or done.failures else "one text may need more: raise it"
        print(f"stopped     before it could pass {done.stopped}; {again}")
    print(harmless(f"kept in     {kept}"))
