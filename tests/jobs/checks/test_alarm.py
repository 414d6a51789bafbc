"""Which groups raise an alarm, and the text of an alarm. Counts only, without Spark."""

from __future__ import annotations

from decantry.jobs.checks.alarm import (
    KINDS,
    Compared,
    Loss,
    Pair,
    Watched,
    columns,
    increased,
    losses_of_crawls,
    results,
)
from decantry.jobs.checks.gate import describe
from decantry.jobs.checks.parts import Part
from decantry.jobs.recipe.load import parse
from decantry.jobs.recipe.model import Recipe

STEPS = """
recipe: pets
steps:
  - language: {keep: [en], above: 0.65}
  - where: {name: has_pet, keep: "true"}
  - sample: {share: 0.01}
"""


def recipe(options: str = "{}") -> Recipe:
    return parse(f"{STEPS}checks:\n  - alarms: {options}", "pets.yaml")


def part(crawl: str, kept: int, **removed: int) -> Part:
    counts: dict[str | None, int] = {None: kept, **{name.replace("__", "."): n for name, n in removed.items()}}
    return Part(crawl, sum(counts.values()), "h", 1, counts, kept)


def test_a_crawl_loses_more_than_the_share_of_what_reaches_a_step() -> None:
    parts = [
        part("lost", 99, language__other=5_000, has_pet__where=901),
        part("just", 100, language__other=5_000, has_pet__where=900),
        part("few", 1, language__other=1, has_pet__where=998),
    ]
    assert losses_of_crawls(recipe(), parts) == [Loss("crawl", "lost", "has_pet", 1_000, 901)]
    assert losses_of_crawls(recipe("{at_least: 999}"), parts[2:]) == [Loss("crawl", "few", "has_pet", 999, 998)]
    assert losses_of_crawls(recipe("{share: 1}"), parts) == []


def test_a_published_crawl_raises_an_alarm_only_for_steps_that_remove_more_of_it_than_before() -> None:
    old = part("old", 10, language__other=9_000, has_pet__where=990)
    losses = losses_of_crawls(recipe("{share: 0.5}"), [old, part("new", 10, has_pet__where=9_990)])
    assert [(loss.name, loss.step) for loss in losses] == [
        ("old", "language"),
        ("old", "has_pet"),
        ("new", "has_pet"),
    ]
    same = {"old": old.counts}
    assert [loss.name for loss in increased(recipe(), losses, same)] == ["new"]
    fewer = {"old": {None: 11, "language.other": 9_000, "has_pet.where": 989}}
    assert [(loss.name, loss.step) for loss in increased(recipe(), losses, fewer)] == [
        ("old", "has_pet"),
        ("new", "has_pet"),
    ]


def test_a_step_that_is_expected_to_remove_groups_raises_no_alarm() -> None:
    parts = [part("c", 20, sample__sample=1_980)]
    assert losses_of_crawls(recipe(), parts) == []


def test_there_is_a_result_for_each_alarm_and_for_each_kind_without_alarms() -> None:
    losses = (Loss("host", "a.example\x1b[2J", "has_pet", 2_000, 1_990, ("https://a.example/\x07", "<urn:2>")),)
    found = results(recipe("{severity: error}"), Watched(KINDS, losses))
    assert [(each.expectation, each.success, each.severity) for each in found] == [
        ("lost_share(host a.example\\u001b[2J, has_pet)", False, "error"),
        ("lost_share(crawl)", True, "error"),
        ("lost_share(language)", True, "error"),
        ("lost_share(source)", True, "error"),
    ]
    assert found[0].observed == "1,990 of 2,000 removed (99.5%)"
    assert found[0].examples == "https://a.example/\\u0007, <urn:2>"
    assert describe(found[0]).endswith(
        "(99.5%), such as https://a.example/\\u0007, <urn:2>, allowed " + found[0].threshold
    )
    assert found[0].threshold == "at most 0.9 of what reaches a step, in groups of 1,000 or more"


def test_losses_that_are_not_named_are_counted() -> None:
    found = results(recipe(), Watched(KINDS, (Loss("host", "a", "has_pet", 2_000, 1_990),), more=7))
    assert [(each.expectation, each.observed) for each in found][1:] == [("lost_share(others)", "7 more groups")]


def test_clusters_of_unlike_documents_are_listed_largest_first() -> None:
    pairs = (Pair("c1", 3, "a", "k", 0.25), Pair("c2", 70, "b", "l", 0.4), Pair("c2", 70, "d", "l", 0.1))
    unlike, alike = results(recipe(), Watched(compared=(Compared("near", 100, pairs), Compared("exact", 5, ()))))
    assert (unlike.expectation, unlike.success) == ("shared_words(near)", False)
    assert unlike.observed == "3 of 100 sampled documents share fewer"
    assert unlike.examples == "d (10% in l, 70 in the cluster), a (25% in k, 3 in the cluster)"
    assert unlike.threshold == "0.5 of a removed document's words, or more"
    assert (alike.success, alike.observed) == (True, "none of 5 sampled documents shares fewer")
    assert describe(alike).endswith("saw none of 5 sampled documents shares fewer, allowed " + alike.threshold)


def test_the_table_has_a_row_for_each_alarm_and_names_no_host_and_no_document() -> None:
    watched = Watched(
        KINDS, (Loss("host", "a", "s", 10, 9, ("x", "y")),), 0, (Compared("near", 4, (Pair("c", 3, "r", "k", 0.2),)),)
    )
    assert columns(watched) == {
        "alarm": ["lost_share", "shared_words"],
        "kind": ["host", "sample"],
        "name": ["named in ops/checks", "duplicates"],
        "step": ["s", "near"],
        "documents": [10, 4],
        "removed": [9, 1],
        "share": [0.9, 0.25],
    }
