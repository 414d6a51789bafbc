"""Alarms of a run: crawls that lose nearly all documents to one step, and duplicates unlike the kept document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.checks.alarm import KINDS, Watched
from decantry.jobs.checks.gate import gate
from decantry.jobs.checks.parts import Part, verdict_counts
from decantry.jobs.curate.job import curate
from decantry.jobs.curate.watch import watch
from decantry.jobs.lake.published import current
from decantry.jobs.process.errors import CheckFailed
from decantry.jobs.recipe.load import parse
from tests.jobs.curate.corpora import Document, lake_with, outcomes

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from decantry.jobs.lake.lake import Lake

RECIPE = """
recipe: pets
steps:
  - language: {keep: [en], above: 0.65}
  - where: {name: has_pet, keep: "text LIKE '%cat%'"}
  - near_duplicates: {ngram: 1, bands: 64, rows: 1}
checks:
  - alarms: {share: 0.7, at_least: 4, severity: SEVERITY}
"""
"""A shingle is one word and a band has one row, so documents that share a quarter of their words are duplicates."""
SHARED = "the cat sat on a mat"
MADE: list[Document] = [
    *((f"shop-{n}", "c", f"offer number {n} of this week") for n in range(4)),
    *((f"french-{n}", "c", f"le chat numéro {n}") for n in range(4)),
    ("kept", "c", f"{SHARED} while old trains rolled slowly through green northern valleys towards grey harbours"),
    ("gone", "c", f"{SHARED} because young bakers were selling warm bread under seven painted wooden arches today"),
]
URLS = {f"shop-{n}": f"https://shop.example/{n}" for n in range(3)}


@pytest.fixture(scope="module")
def lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A lake with the documents. The tests publish nothing in it."""
    hosts = {i: i.partition("-")[0] + ".example" for i, _, _ in MADE}
    sources = {i: f"{i.partition('-')[0]}.jsonl" for i, _, _ in MADE}
    languages = {i: "fr" for i, _, _ in MADE if i.startswith("french")}
    folder = tmp_path_factory.mktemp("alarms")
    return lake_with(spark, folder, "run-1", MADE, host=hosts, warc_path=sources, language=languages, url=URLS)


def found(lake: Lake, yaml: str) -> Watched:
    """The alarms of the recipe for the documents."""
    planned, judged = outcomes(lake, yaml.replace("SEVERITY", "warning"))
    counts, _ = verdict_counts(judged.rows)
    return watch(planned, judged, None, [Part("c", len(MADE), "", None, counts["c"], counts["c"].get(None, 0))])


def test_groups_and_clusters_are_named_with_examples(lake: Lake) -> None:
    watched = found(lake, RECIPE)
    assert watched.kinds == KINDS
    # the language step is meant to remove languages and hosts; a file of which nothing is left is an alarm
    assert [(each.kind, each.name, each.step, each.documents, each.removed) for each in watched.losses] == [
        ("host", "shop.example", "has_pet", 4, 4),
        ("source", "french.jsonl", "language", 4, 4),
        ("source", "shop.jsonl", "has_pet", 4, 4),
    ]
    for loss in (watched.losses[0], watched.losses[2]):
        assert len(loss.examples) == 3 and {*loss.examples} < {*URLS.values(), "shop-3"}
    assert {*watched.losses[1].examples} < {f"french-{n}" for n in range(4)}
    (compared,) = watched.compared
    (pair,) = compared.unlike
    assert (compared.step, compared.documents) == ("near_duplicates", 1)
    assert (pair.removed, pair.kept, pair.size) == ("kept", "gone", 2) or (pair.removed, pair.kept) == ("gone", "kept")
    assert 0.2 < pair.shared < 0.5


def test_an_alarm_of_severity_error_stops_the_publication(lake: Lake) -> None:
    lines: list[str] = []
    strict = parse(RECIPE.replace("SEVERITY", "error"), "pets.yaml")
    with pytest.raises(CheckFailed, match=r"and nothing was published: lost_share\(host shop\.example, has_pet\)"):
        curate(lake, strict, gate=lambda judgement: gate(lake, judgement, lines.append))
    assert current(lake, "pets") == []
    rows = {row["expectation"]: row for row in lake.read("ops/checks").collect()}
    assert not rows["lost_share(host shop.example, has_pet)"]["success"]
    assert rows["lost_share(crawl)"]["success"] and not rows["shared_words(near_duplicates)"]["success"]
    assert rows["lost_share(host shop.example, has_pet)"]["observed"] == "4 of 4 removed (100.0%)"
    assert rows["shared_words(near_duplicates)"]["observed"] == "1 of 1 sampled documents share fewer"


def test_hosts_are_named_also_if_a_step_removes_nearly_all_of_every_crawl(lake: Lake) -> None:
    watched = found(lake, RECIPE.replace("%cat%", "%dog%"))
    assert [(each.kind, each.name, each.step, each.documents, each.removed) for each in watched.losses] == [
        ("crawl", "c", "has_pet", 6, 6),
        ("source", "french.jsonl", "language", 4, 4),
        ("language", "en", "has_pet", 6, 6),
        ("host", "shop.example", "has_pet", 4, 4),
    ]
    assert len(watched.losses[0].examples) == 3
    assert "source" not in watched.kinds, "all sources lose as much, and are not listed"


@pytest.mark.slow  # three runs
def test_an_alarm_names_a_published_crawl_that_loses_documents_to_a_new_one(
    spark: SparkSession, tmp_path: Path
) -> None:
    recipe = parse(
        "recipe: pets\nsteps:\n  - near_duplicates: {ngram: 1, bands: 64, rows: 1, scope: all, keep: [longest_text]}\n"
        "checks:\n  - alarms: {at_least: 1}",
        "pets.yaml",
    )
    (kept, gone) = (text for i, _, text in MADE if i in ("kept", "gone"))
    seen: list[Watched] = []
    lake = lake_with(spark, tmp_path, "run-1", [("old", "c1", kept)])
    curate(lake, recipe, gate=lambda judgement: seen.append(judgement.watched))
    assert seen[0].losses == () and seen[0].compared[0].documents == 0
    new: list[Document] = [("new", "c2", f"{kept} {gone}"), ("odd", "c2", gone)]
    later = lake_with(spark, tmp_path, "run-2", new)
    curate(later, recipe, gate=lambda judgement: seen.append(judgement.watched))
    (loss,) = (each for each in seen[1].losses if each.kind == "crawl")
    assert (loss.name, loss.step, loss.documents, loss.removed, loss.examples) == (
        "c1", "near_duplicates", 1, 1, ("old",)
    )  # fmt: skip
    assert (seen[1].compared[0].documents, seen[1].compared[0].unlike) == (1, ())
    # the cluster grows, so c1 is amended again, but it loses no more than is published
    latest = lake_with(spark, tmp_path, "run-3", [("copy", "c3", gone)])
    report = curate(latest, recipe, gate=lambda judgement: seen.append(judgement.watched))
    assert [part.crawl for part in report.published] == ["c1", "c2", "c3"]
    assert [each.name for each in seen[2].losses if each.kind == "crawl"] == ["c3"]
