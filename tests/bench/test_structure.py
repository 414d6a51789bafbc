"""The suite of structure is complete, and its scores are right."""

from __future__ import annotations

import pytest

from tests.bench.markdown import cells, code, formulas, tables
from tests.bench.structure import PAGES, means, pages, scores, wanted

SHARE = {"code": 15, "table": 12, "formula": 12, "list": 6, "ruby": 5, "cjk": 3, "rtl": 3}


def test_every_page_has_its_markdown() -> None:
    names = set(pages())
    assert len(names) >= 60
    assert names == {path.stem for path in PAGES.glob("*.md")} - {"README"}
    for kind, least in SHARE.items():
        assert sum(name.startswith(f"{kind}-") for name in names) >= least, kind


def test_the_expected_markdown_scores_one() -> None:
    assert {part: mean for part, (mean, _) in means({name: wanted(name) for name in pages()}).items()} == {
        "code": 1,
        "table": 1,
        "formula": 1,
        "whole": 1,
    }


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_page_named_for_a_part_has_it(name: str) -> None:
    part = name.split("-")[0]
    if part in ("code", "table", "formula") and not name.startswith(("table-docbook-note", "table-layout")):
        assert part in scores(wanted(name), "") or name == "code-inline-and-keys"


def test_a_lost_part_scores_nothing() -> None:
    want = "a\n\n```sh\nls\n```\n\n| a |\n| --- |\n| b |\n\n$$x$$\n"
    assert {part: score for part, score in scores(want, "a").items() if part != "whole"} == {
        "code": 0,
        "table": 0,
        "formula": 0,
    }
    assert scores("a", "a") == {"whole": 1}
    assert scores("a", "```\nb\n```")["code"] == 0


def test_parts_of_markdown() -> None:
    text = (
        "`$no$` costs $5 and $6\n\n````md\n```\n$x$ | y\n```\n````\n\n  ```py\n  a  \n  ```\n\n$a+ b$, $$\\frac 1 2$$"
    )
    assert code(text) == "```\n$x$ | y\n```\n  a"
    assert formulas(text) == "a+b\n\\frac12"
    assert tables("| a | b |\n| --- | :-: |\n| `x \\| y` |  |\n\nc | d") == [[["a", "b"], ["`x | y`", ""]]]
    assert cells("a|b") == ["a", "b"]
