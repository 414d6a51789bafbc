"""The scores of extraction on cases computed by hand."""

from __future__ import annotations

import random

import pytest

from decantry.jobs.models.extractor.snippets import Found, difference, f1, found, interval, precision, recall
from tests.oracles.edit_similarity import edit_distance, edit_similarity
from tests.oracles.teds import Node, teds, tree_distance


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("flaw", "lawn", 2), ("港の壁", "港壁", 1)],
)
def test_edit_distance(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other) == distance


def test_edit_distance_is_that_of_the_table() -> None:
    chance = random.Random(1)
    for _ in range(300):
        one, other = ("".join(chance.choices("abc", k=chance.randrange(12))) for _ in range(2))
        row = list(range(len(other) + 1))
        for i, character in enumerate(one, 1):
            last, row = row, [i]
            for j, other_character in enumerate(other, 1):
                row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (character != other_character)))
        assert edit_distance(one, other) == row[-1], (one, other)


def test_edit_similarity() -> None:
    assert edit_similarity("", "") == 1
    assert edit_similarity("abcd", "abed") == 0.75
    assert edit_similarity("abcd", "") == 0


def test_tree_distance_of_zhang_and_shasha() -> None:
    """The example of their paper: f(d(a c(b)) e) to f(c(d(a b)) e) takes two edits."""
    a, b, e = Node("a"), Node("b"), Node("e")
    one = Node("f", children=(Node("d", children=(a, Node("c", children=(b,)))), e))
    other = Node("f", children=(Node("c", children=(Node("d", children=(a, b)),)), e))
    assert tree_distance(one, other, lambda left, right: float(left.name != right.name)) == 2


def test_teds() -> None:
    rows = [["Boat", "Year"], ["Heron", "1921"]]
    assert teds(rows, rows) == 1
    assert teds(rows, []) == 0
    assert teds(rows, [["Boat", "Year"], ["Heron", "1922"]]) == pytest.approx(1 - 0.25 / 7)
    assert teds(rows, [["Boat", "Year"]]) == pytest.approx(1 - 3 / 7)
    assert teds(rows, [["Boat"], ["Heron"]]) == pytest.approx(1 - 2 / 7)


def test_snippets() -> None:
    count = found("The wall stands. Read more", ["wall", "stands", "tower"], ["Read more", "Cookies"])
    assert count == Found(right=2, missing=1, wrong=1)
    assert (precision(count), recall(count), f1(count)) == (pytest.approx(2 / 3),) * 3
    assert f1(Found()) == precision(Found()) == recall(Found()) == 0


def test_intervals_draw_hosts() -> None:
    """Pages of one host are drawn together, so nothing varies if there is only one host."""
    ours, theirs = [Found(3, 1, 0), Found(0, 4, 4)], [Found(2, 2, 0), Found(0, 4, 4)]
    assert interval(["a.org", "a.org"], ours) == (f1(Found(3, 5, 4)),) * 2
    low, high = interval(["a.org", "b.org"], ours)
    assert low == 0 and high == f1(ours[0])
    low, high = difference(["a.org", "b.org"], ours, theirs)
    assert low == 0 and high == pytest.approx(f1(ours[0]) - f1(theirs[0]))
