from __future__ import annotations

from decantry.jobs.recipe.funnel import FunnelStep, funnel
from decantry.jobs.recipe.load import parse

RECIPE = parse("recipe: r\nsteps:\n  - gopher_quality: {}\n  - c4: {name: lines}\n  - count_tokens: {}\n", "r.yaml")


def test_each_step_sees_what_the_steps_before_left() -> None:
    counts = {None: 5, "gopher_quality.short_doc": 3, "gopher_quality.long_doc": 1, "lines.curly_bracket": 2}
    assert funnel(RECIPE, counts) == [
        FunnelStep("gopher_quality", 11, 4, {"short_doc": 3, "long_doc": 1}),
        FunnelStep("lines", 7, 2, {"curly_bracket": 2}),
        FunnelStep("count_tokens", 5, 0, {}),
    ]


def test_no_documents_is_a_funnel_of_zeros() -> None:
    assert [(step.seen, step.removed) for step in funnel(RECIPE, {})] == [(0, 0)] * 3
