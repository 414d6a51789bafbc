from __future__ import annotations

from decantry.jobs.recipe.difference import differences
from decantry.jobs.recipe.load import load, parse

ONE = """
recipe: one
title: One
steps:
  - c4: {}
  - gopher_quality: {min_words: 80}
  - language: {keep: [en]}
checks:
  - kept: {between: [1, null]}
"""
OTHER = """
recipe: other
title: Other
text: {extractor: trafilatura}
steps:
  - gopher_quality: {min_words: 50, max_words: 900}
  - c4: {}
  - redact_pii: {}
checks:
  - kept: {between: [5, null], severity: warning}
"""


def test_steps_options_order_text_and_checks() -> None:
    assert list(differences(parse(ONE, "one"), parse(OTHER, "other"))) == [
        "one and other: differences",
        "  text: resiliparse -> trafilatura",
        "- language: keeps documents of some languages",
        "+ redact_pii: replaces e-mail and public IP addresses",
        "  order: c4, gopher_quality -> gopher_quality, c4",
        "  gopher_quality.min_words: 80 -> 50",
        "  gopher_quality.max_words: 100000 -> 900",
        "  check kept: [1.0, None] (error) -> [5.0, None] (warning)",
    ]


def test_a_recipe_does_not_differ_from_itself_under_another_title() -> None:
    same = parse(ONE.replace("title: One", "title: Uno"), "same")
    assert list(differences(parse(ONE, "one"), same)) == ["one and one: no differences that change a row"]


def test_another_kind_under_the_same_name() -> None:
    renamed = ONE.replace("c4: {}", "gopher_repetition: {name: c4}")
    assert "  c4: c4 -> gopher_repetition" in list(differences(parse(ONE, "one"), parse(renamed, "renamed")))


def test_the_shipped_recipes_differ_as_documented() -> None:
    assert list(differences(load("fineweb"), load("fineweb-trafilatura")))[1:] == ["  text: resiliparse -> trafilatura"]
