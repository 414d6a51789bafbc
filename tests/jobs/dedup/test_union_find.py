from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from decantry.jobs.dedup.union_find import components
from tests.oracles.components import components as flooded

NODES = st.sampled_from("abcdefghij")


def test_a_component_is_named_by_its_smallest_member() -> None:
    assert components([("c", "b"), ("d", "c"), ("z", "y")]) == {"b": "b", "c": "b", "d": "b", "y": "y", "z": "y"}


def test_a_later_edge_joins_two_components() -> None:
    assert components([("b", "a"), ("d", "c"), ("d", "b")]) == dict.fromkeys("abcd", "a")


def test_no_edges_no_components() -> None:
    assert components([]) == {}


def test_a_chain_of_ten_thousand_is_one_component() -> None:
    names = [f"{n:05d}" for n in range(10_000)]
    assert set(components(zip(names[1:], names, strict=False)).values()) == {"00000"}


@given(st.lists(st.tuples(NODES, NODES), max_size=20), st.randoms())
def test_components_equal_those_of_a_flood_fill_in_any_order(edges: list[tuple[str, str]], random: object) -> None:
    expected = flooded(edges)
    random.shuffle(edges)  # type: ignore[attr-defined]
    assert components(edges) == expected
