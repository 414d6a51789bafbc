from __future__ import annotations

from decantry.jobs.explore.report.contents import Alarm, RuleLoss, StepLoss
from decantry.jobs.explore.report.flow import alarms, flow
from decantry.jobs.recipe.load import parse

RECIPE = """
recipe: quiet-pets
title: Pages on pets
steps:
  - where: {name: has_pet, keep: "text rlike 'cat'"}
  - c4: {min_sentences: 3}
"""


def test_the_flow_has_every_rule_and_when_it_removes() -> None:
    found = flow(parse(RECIPE, "a test"), {None: 5, "has_pet.where": 3, "c4.too_few_sentences": 2})
    assert [(step.step, step.seen, step.removed) for step in found] == [("has_pet", 10, 3), ("c4", 7, 2)]
    assert found[0].rules == (RuleLoss("where", "not (text rlike 'cat')", 3),)
    assert found[1].rules == (
        RuleLoss("lorem_ipsum", "lorem_ipsum >= 1", 0),
        RuleLoss("curly_bracket", "curly_bracket >= 1", 0),
        RuleLoss("too_few_sentences", "sentences < 3", 2),
    )


STEPS = (StepLoss("language", "", 1_000, 300, ()), StepLoss("quality", "", 700, 100, ()))


def test_an_alarm_names_the_step_that_a_group_loses_most_to() -> None:
    lost = {("de", "language"): 90, ("de", "quality"): 6, ("de", ""): 4, ("en", "quality"): 50, ("en", ""): 400}
    assert alarms("language", lost, STEPS) == [Alarm("language", "de", 100, "language", 0.9, 0.3)]
    assert alarms("language", lost, STEPS, ["language"]) == []


def test_few_documents_and_usual_losses_raise_no_alarm() -> None:
    assert alarms("domain", {("a.example", "quality"): 19}, STEPS) == []
    assert alarms("domain", {("a.example", "quality"): 11, ("a.example", ""): 13}, STEPS) == []
    busy = (StepLoss("language", "", 100, 80, ()),)
    assert alarms("domain", {("a.example", "language"): 90, ("a.example", ""): 10}, busy) == []
