"""Which runs of a recipe and crawl are live."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from decantry.jobs.lake.live import live, number_of, of_newest_hash, states


def row(version: int, crawl: str, kind: str, run: str, **more: Any) -> dict[str, Any]:
    """A row of ops/publications."""
    fixed = {"recipe": "logs", "recipe_hash": "h", "documents_hash": "d", "documents_version": 0, "documents": 9}
    own = {"corpus_version": version, "crawl": crawl, "kind": kind, "run_id": run, "restored_version": None}
    return {**fixed, "kept": 5, "published_at": datetime(2026, 1, 1), **own, **more}


def runs(*rows: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """The live runs of each crawl, whatever the order of the rows."""
    found = {each.crawl: each.runs for each in live(rows)}
    assert {each.crawl: each.runs for each in live(rows[::-1])} == found
    return found


FIRST = row(1, "a", "replace", "r1")
ADDED = (row(2, "b", "replace", "r2"), row(2, "a", "amend", "r2"))


def test_an_amendment_adds_a_run_and_a_replacement_starts_anew() -> None:
    assert runs(FIRST) == {"a": ("r1",)}
    assert runs(FIRST, *ADDED) == {"a": ("r1", "r2"), "b": ("r2",)}
    assert runs(FIRST, *ADDED, row(5, "a", "replace", "r3")) == {"a": ("r3",), "b": ("r2",)}


def test_a_restore_takes_everything_as_it_was() -> None:
    back = [row(4, crawl, "restore", "r4", restored_version=1) for crawl in ("a", "b")]
    assert runs(FIRST, *ADDED, *back) == {"a": ("r1",)}
    again = row(6, "b", "replace", "r5")
    assert runs(FIRST, *ADDED, *back, again) == {"a": ("r1",), "b": ("r5",)}
    forth = [row(7, crawl, "restore", "r6", restored_version=3) for crawl in ("a", "b")]
    assert runs(FIRST, *ADDED, *back, again, *forth) == {"a": ("r1", "r2"), "b": ("r2",)}


def test_a_restore_to_before_the_first_publication_leaves_nothing() -> None:
    assert runs(FIRST, row(2, "a", "restore", "r1", restored_version=0)) == {}


def test_a_withdrawn_commit_does_not_change_other_crawls() -> None:
    wrong, meanwhile = row(3, "a", "replace", "r3"), row(4, "c", "replace", "r4")
    back = row(5, "a", "withdraw", "r3", restored_version=2)
    assert runs(FIRST, *ADDED, wrong, meanwhile, back) == {"a": ("r1", "r2"), "b": ("r2",), "c": ("r4",)}
    first_of_b = row(2, "b", "replace", "r2"), row(3, "b", "withdraw", "r2", restored_version=1)
    assert runs(FIRST, *first_of_b) == {"a": ("r1",)}


def test_forget_changes_only_the_counts() -> None:
    forgotten = row(3, "a", "forget", "r3", documents=4, kept=2)
    (a, _) = live([FIRST, *ADDED, forgotten])
    assert (a.runs, a.documents, a.kept, a.corpus_version) == (("r1", "r2"), 4, 2, 2)


def test_publications_are_counted_for_each_recipe() -> None:
    other = {**row(1, "a", "replace", "x1"), "recipe": "songs"}
    rows = [FIRST, other, *ADDED]
    assert [(each.recipe, each.crawl) for each in live(rows)] == [("logs", "a"), ("logs", "b"), ("songs", "a")]
    assert [each.recipe for each in live(rows, "songs")] == ["songs"]
    assert [number_of(rows, "logs", version) for version in (1, 2)] == [1, 2]
    assert number_of(rows, "songs", 1) == 1


def test_a_row_that_two_writers_added_counts_once() -> None:
    assert runs(FIRST, *ADDED, *ADDED) == {"a": ("r1", "r2"), "b": ("r2",)}


def test_the_states_are_those_after_each_commit() -> None:
    found = states([FIRST, *ADDED])
    assert {version: sorted(state) for version, state in found.items()} == {1: ["a"], 2: ["a", "b"]}


def test_crawls_of_an_older_recipe_hash_are_found() -> None:
    old, new = row(1, "a", "replace", "r1"), row(2, "b", "replace", "r2", recipe_hash="h2")
    other = row(1, "a", "replace", "r3", recipe="notes")
    crawls = [(each.recipe, each.crawl) for each in of_newest_hash(live([old, new, other]))]
    assert crawls == [("logs", "b"), ("notes", "a")]
    again = row(3, "a", "amend", "r4", recipe_hash="h2")
    assert [each.crawl for each in of_newest_hash(live([old, new, again]))] == ["a", "b"]
    assert of_newest_hash([]) == []
