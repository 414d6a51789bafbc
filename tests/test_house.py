from __future__ import annotations

from pathlib import Path

from tests import house

LONGEST_CHAIN = 14


def test_rooms_and_modules_make_no_circles() -> None:
    graph = house.house().graph
    assert len(graph) > 250
    assert house.circles(graph) == []
    assert house.circles(house.rooms(graph)) == []


def test_no_chain_of_imports_becomes_longer() -> None:
    assert len(house.longest_chain(house.house().graph)) <= LONGEST_CHAIN


def test_modules_import_our_own_at_the_top() -> None:
    """A few import by name, each for a reason that it gives. See also `jobs/cli/on_demand.py`."""
    found = house.house()
    assert found.hidden == []
    assert found.by_name == [
        "decantry.jobs.main -> decantry.jobs.cli.app",
        "decantry.jobs.main -> decantry.jobs.cli.failures",
        "decantry.jobs.root -> decantry.jobs.explore.session",
    ]


def test_an_import_in_a_function_and_one_by_name_are_seen(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text("""
import ours.top
if TYPE_CHECKING:
    import ours.types
class Some:
    def method(self):
        from ours import inside
        return import_module("ours.named"), import_module(inside.name)
""")
    found = house.imports(file, ["ours.top", "ours.types", "ours.inside", "ours.named"])
    assert found == house.Imports({"ours.top"}, ["ours.inside"], ["ours.named"])


def test_every_file_has_a_room_and_is_short() -> None:
    assert house.loose() == []
    assert house.long() == []


def test_a_circle_and_a_chain_are_seen() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}
    assert house.circles(graph) == [["b", "c"]]
    assert house.longest_chain(graph) == ["a", "b", "c", "d"]


def test_rooms() -> None:
    assert [house.room(f"decantry.{name}") for name in ("jobs.lake.commits.lock", "jobs.main", "udfs.page.html")] == [
        "jobs.lake", "jobs.main", "udfs.page",
    ]  # fmt: skip
    assert house.room("decantry.schemas.table") == "schemas"
