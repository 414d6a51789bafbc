"""A page for each recipe that ships: its steps with their thresholds, what they remove, and its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from decantry.jobs.recipe.load import load, shipped, source
from decantry.jobs.recipe.model import Recipe
from infra.site.funnels import funnels


@cache
def all_of_them() -> Mapping[str, Recipe]:
    """The recipes that ship, by name."""
    return {name: load(name) for name in shipped()}


def pages() -> dict[str, str]:
    """The pages as Markdown, by the recipe's name."""
    return {name: "\n".join(_page(name)) + "\n" for name in all_of_them()}


def _page(name: str) -> Iterator[str]:
    recipe, funnel = all_of_them()[name], funnels().get(name)
    yield f"# {name}\n"
    yield f"{recipe.title}.\n"
    yield f"After {', '.join(recipe.reference)}. It reads the text of the extractor `{recipe.text.extractor}`.\n"
    yield "[The recipes](/docs/recipes.md) says what each recipe needs.\n"
    yield "```bash"
    yield f"decantry run {name} --input 'crawl/*.warc.gz' --lake my-lake"
    yield "```\n"
    yield "## Steps\n"
    yield from _steps(recipe, {row["step"]: row for row in funnel or ()})
    yield "## Its file\n"
    yield f"`decantry recipes {name} --yaml` prints it, to begin a recipe of your own with.\n"
    yield f"```yaml\n{source(name).strip()}\n```"


def _steps(recipe: Recipe, funnel: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The steps, and their rules with thresholds; with what each removed from the sample where the recipe was tried."""
    last = next(reversed(funnel.values()), None)
    if last:
        seen, kept = next(iter(funnel.values()))["seen"], last["seen"] - last["removed"]
        yield f"Of the {seen} documents of the sample of `make demo`, it keeps {kept}.\n"
    yield "| | step | rule | removes a document when |" + (" removed from the sample |" if funnel else "")
    yield "|---|---|---|---|" + ("---:|" if funnel else "")
    for number, step in enumerate(recipe.steps, 1):
        first = f"| {number} | [{step}](/steps/{step.kind}.md) |"
        for at, rule in enumerate(step.rules()):
            row = funnel.get(str(step))
            count = f" {row['rules'].get(rule.name, 0)} of {row['seen']} |" if row else ""
            text = str(rule).replace("|", "\\|")
            yield f"{'| | |' if at else first} `{rule.name}` | `{text}` |{count}"
        if not step.rules():
            yield f"{first} | {step.about} |" + (" |" if funnel else "")
    yield ""
