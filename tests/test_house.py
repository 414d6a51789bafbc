from __future__ import annotations

from tests import house

LONGEST_CHAIN = 14


def test_rooms_and_modules_make_no_circles() -> None:
    graph, _ = house.house()
    assert len(graph) > 250
    assert house.circles(graph) == []
    assert house.circles(house.rooms(graph)) == []


def test_no_chain_of_imports_becomes_longer() -> None:
    graph, _ = house.house()
    assert len(house.longest_chain(graph)) <= LONGEST_CHAIN


def test_only_commands_import_our_own_inside_functions() -> None:
    """A command that does not start Spark must not wait for modules of a command that does.

    The package itself is imported by each of them.
    """
    _, hidden = house.house()
    assert [
        line
        for line in hidden
        if not line.startswith(("decantry.jobs.cli.", "decantry.jobs.main ", "decantry.jobs.root "))
    ] == []
    assert len(hidden) <= 52


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
