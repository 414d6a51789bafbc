"""docs/reference.md says what the code says, and explains every kind of step and every metric."""

from __future__ import annotations

import re
from typing import get_args

from decantry.jobs.explore import reference as recipes
from decantry.jobs.recipe.model import KINDS, Check
from tests import reference


def test_the_page_is_current() -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), "run `make docs`"


def test_every_kind_and_metric_is_in_it() -> None:
    made = recipes.page()
    assert re.findall(r"^### (\w+)$", made, re.MULTILINE) == [*KINDS]
    assert {*recipes.METRICS} == {*get_args(Check.model_fields["metric"].annotation)}
    assert "| `min_words` | whole number, at least 0 | `50` | `short_doc` |" in made
    assert "| `keep` | list of text | `[]` |  |" in made
