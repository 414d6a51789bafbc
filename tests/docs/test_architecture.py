"""docs/architecture.md shows the current imports; decisions and glossary are in order."""

from __future__ import annotations

import re

import pytest

from tests import architecture, house

DOCS = house.ROOT / "docs"


def test_the_picture_is_current() -> None:
    text = architecture.PAGE.read_text(encoding="utf-8")
    assert text == architecture.page(text), "imports between rooms have changed: run `make docs`"


def test_an_arrow_that_a_longer_path_implies_is_left_out() -> None:
    assert architecture.reduced({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {"a": {"b"}, "b": {"c"}, "c": set()}


def test_a_circle_has_no_picture() -> None:
    with pytest.raises(ValueError, match="a, b"):
        architecture.picture({"a": {"b"}, "b": {"a"}})


def test_arrows_are_drawn_in_a_fixed_order() -> None:
    graph = {"jobs.run": {"udfs.page", "jobs.lake"}, "jobs.lake": set(), "udfs.page": set()}
    assert architecture.picture(graph).splitlines()[1:-1] == [
        "flowchart TD",
        "    run --> lake",
        "    run --> udfs/page",
    ]


def test_every_room_is_explained_on_the_page() -> None:
    graph = house.house().graph
    rooms = {room for room in house.rooms(graph) if room not in {"jobs", "jobs.main", "udfs"}}
    assert len(rooms) > 15
    text = architecture.PAGE.read_text(encoding="utf-8")
    assert [room for room in sorted(rooms) if f"`{room.replace('.', '/')}/`" not in text] == []


def test_every_decision_has_its_parts_and_is_listed() -> None:
    files = sorted(path for path in (DOCS / "decisions").glob("*.md") if path.name != "README.md")
    assert len(files) >= 10
    listed = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    for number, path in enumerate(files, start=1):
        text = path.read_text(encoding="utf-8")
        assert path.name.startswith(f"{number:04}-")
        assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], path.name
        assert f"({path.name})" in listed, f"{path.name} is not in docs/decisions/README.md"


def test_the_glossary_is_in_order() -> None:
    words = re.findall(r"^\| \*\*(.+?)\*\* \|", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(words) >= 30
    assert words == sorted(words, key=str.casefold)
