"""A page for each kind of step: what it does, its options and rules, where it is used, what it removes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from decantry.jobs.explore.reference import section, step_of
from decantry.jobs.recipe.model import KINDS
from infra.site.funnels import funnels
from infra.site.recipes import all_of_them


def pages() -> dict[str, str]:
    """The pages as Markdown, by kind, in the order of the reference."""
    return {kind: "\n".join(_page(kind)) + "\n" for kind in KINDS}


def _page(kind: str) -> Iterator[str]:
    step = step_of(kind)
    yield f"# {kind}\n"
    yield f"*{step.about[0].upper()}{step.about[1:]}.*\n"
    yield from (re.sub(r"\(docs/(\w+\.md)\)", r"([\1](/docs/\1))", line) for line in section(step))
    yield f"VERSION {step.VERSION}. Every kind also takes `name`: see the [reference](/docs/reference.md).\n"
    users = [name for name, recipe in all_of_them().items() if any(each.kind == kind for each in recipe.steps)]
    yield "## Recipes with it\n"
    yield ", ".join(f"[{name}](/recipes/{name}.md)" for name in users) + ".\n" if users else "None that ships.\n"
    yield from _on_the_sample(kind)


def _on_the_sample(kind: str) -> Iterator[str]:
    """What it removes in the recipes that were tried, each with its own thresholds."""
    rows = []
    for name, funnel in funnels().items():
        of = {str(each): each.kind for each in all_of_them()[name].steps}
        rows += [(name, row) for row in funnel if of[row["step"]] == kind]
    if not rows:
        return
    yield "## What it removes from the sample\n"
    yield "The sample is the small web of `make demo`: 73 pages in fifteen languages.\n"
    yield "| recipe | documents seen | removed | share | by rule |"
    yield "|---|---:|---:|---:|---|"
    for name, row in rows:
        rules = ", ".join(f"`{rule}` {count}" for rule, count in row["rules"].items())
        share = f"{row['removed'] / row['seen']:.1%}" if row["seen"] else ""
        yield f"| [{name}](/recipes/{name}.md) | {row['seen']} | {row['removed']} | {share} | {rules} |"
    yield ""
