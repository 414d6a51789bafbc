"""decantry fit: compute thresholds and stop words for each language of a lake."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated

import typer

from decantry.jobs.cli.app import LakeOption, QuietOption, app
from decantry.jobs.cli.context import open_lake
from decantry.jobs.explore.fit.files import PAGE, RECIPE, require_free, write
from decantry.jobs.explore.fit.filters import filters
from decantry.jobs.explore.fit.job import NAME, Outcome, fit
from decantry.jobs.explore.fit.methods import METHODS, Method
from decantry.jobs.explore.fit.page import page
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.progress import Progress
from decantry.jobs.process.terminal import counted, harmless
from decantry.jobs.recipe.model import RECIPE_NAME

SHOWN = 20

To = Annotated[Path, typer.Option("--to", help="A new folder for the configurations, recipe.yaml and fit.html.")]
Languages = Annotated[
    list[str] | None,
    typer.Option("--language", help="Only this language, like deu_Latn (repeat for several). Default: all."),
]
Methods = Annotated[
    list[str] | None,
    typer.Option(
        "--method",
        help="english, mean-std, quantile, 10-tail or median-ratio, for all thresholds or for one, like "
        "max_list_ratio=quantile (repeat for several). Default: mean-std.",
    ),
]
Sample = Annotated[int, typer.Option("--sample", min=1, help="About how many documents of each language to measure.")]
Least = Annotated[int, typer.Option("--least", min=2, help="Leave out languages with fewer documents.")]
Name = Annotated[str, typer.Option("--name", help="The name of the recipe.")]


@app.command(name="fit")
def command(
    lake: LakeOption,
    to: To = Path("fitted"),
    language: Languages = None,
    method: Methods = None,
    sample: Sample = 2000,
    least: Least = 100,
    name: Name = "fineweb2-fitted",
    output: Annotated[str, typer.Option("--output", "-o", help="text or json.")] = "text",
    quiet: QuietOption = False,
) -> None:
    """Compute thresholds and stop words for each language of a lake, and write a recipe that uses them.

    The thresholds are those of FineWeb2's filters, computed by its published methods (docs/fit.md). The folder gets a
    configuration for each language in the form that FineWeb2 published, recipe.yaml, and fit.html, which shows each
    distribution with its threshold. The lake is not changed.

    Example: `decantry fit --lake my-lake --to fitted`, then `decantry curate fitted/recipe.yaml --lake my-lake`
    """
    if output not in ("text", "json"):
        raise UserError(f"--output is {output}: use text or json")
    if not re.fullmatch(RECIPE_NAME, name) or len(name) > 64:
        raise UserError(f"--name is {name[:80]!r}: use lower-case letters, digits and -")
    if odd := next((each for each in language or () if not NAME.fullmatch(each)), None):
        raise UserError(f"--language is {odd[:80]!r}: write ISO 639-3 and the script, like deu_Latn")
    methods = methods_of(method or [])
    require_free(to)
    require_usable(lake, write=False)
    progress = Progress(quiet)
    progress.tell("starting Spark")
    opened = open_lake(lake, write=False)
    with progress.watching(opened.spark):
        outcome = fit(opened, methods, languages=language or (), size=sample, least=least, tell=progress.tell)
    if not outcome.fitted:
        raise UserError(f"no language was fitted: {'; '.join(f'{each}: {why}' for each, why in outcome.skipped[:5])}")
    write(outcome, to, name, page(outcome, name, lake))
    if output == "json":
        print(json.dumps(as_json(outcome)))
        return
    print("\n".join(map(harmless, lines(outcome))))
    print(f"\n{to / PAGE} shows each distribution with its threshold.")
    print(f"Next: decantry curate {to / RECIPE} --lake {lake}")


def methods_of(given: list[str]) -> dict[str, Method]:
    """The method of each option. Raises UserError for an unknown method or option."""
    options = [each.option for each in filters()]
    found: dict[str, Method] = dict.fromkeys(options, "mean-std")
    for word in sorted(given, key=lambda each: "=" in each):  # a method for one threshold overrides the one for all
        option, _, name = word.rpartition("=")
        method = next((each for each in METHODS if each == name), None)
        if method is None:
            raise UserError(f"--method is {word[:80]!r}: use one of {', '.join(METHODS)}")
        if option and option not in found:
            raise UserError(
                f"--method is {word[:80]!r}: there is no threshold {option[:80]}; use one of {', '.join(options)}"
            )
        found |= {option: method} if option else dict.fromkeys(options, method)
    return found


def lines(outcome: Outcome) -> list[str]:
    """The outcome as lines for people."""
    out = [f"{counted(len(outcome.fitted), 'language')} fitted, {len(outcome.skipped)} left out"]
    for each in outcome.fitted[:SHOWN]:
        notes = sum(1 for fit in each.fits if fit.note)
        note = f", {counted(notes, 'threshold')} with the English value" if notes else ""
        words = " ".join(each.stop_words[:8])
        out.append(f"  {each.language}  score {each.score:.3f}, {counted(each.documents, 'document')}{note}; {words}")
    more = len(outcome.fitted) - SHOWN
    out += [f"  and {more} more"] if more > 0 else []
    out += [f"  {language} left out: {why}" for language, why in outcome.skipped[:SHOWN]]
    more = len(outcome.skipped) - SHOWN
    return out + ([f"  and {more} more left out"] if more > 0 else [])


def as_json(outcome: Outcome) -> dict[str, object]:
    """The outcome as plain values."""
    return {
        "english": outcome.english,
        "fitted": {
            each.language: {
                "documents": each.documents,
                "configuration": each.configuration().model_dump(mode="json"),
                "notes": {fit.filter.option: fit.note for fit in each.fits if fit.note},
            }
            for each in outcome.fitted
        },
        "skipped": dict(outcome.skipped),
    }
