"""Rows 28 and 29 of docs/reliability.md: maintain, forget and rollback, and what readers see."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.checks.gate import evaluate
from decantry.jobs.checks.whole_lake import expectations_of_lake
from decantry.jobs.curate.job import curate
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions
from decantry.jobs.lake.forgotten import stored
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.publications import publications
from decantry.jobs.lake.published import published_corpus, published_verdicts
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import parse
from decantry.jobs.upkeep.forget import forget
from decantry.jobs.upkeep.maintain import maintain
from decantry.jobs.upkeep.rollback import rollback
from tests.faults.commit_points import Killed, Points, watched
from tests.faults.content import content
from tests.faults.nothing_kept import nothing_kept
from tests.warc_files import page, warcinfo, write

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["watched"]

TEXT = "\n".join(f"On day {n} the watchman wrote down the wind, the ships and his supper." for n in range(9))
RECIPE = "recipe: logs\nsteps:\n  - where: {name: long, keep: length(text) > 60}\n  - near_duplicates: {}\n"
URLS = {
    "a": "https://keeper.example.org/log",
    "b": "https://mirror.example.net/log",
    "c": "https://www.other.example.com/short",
    "d": "https://blog.keeper.example.org/log",
}


def texts(folder: Path, **given: str) -> Path:
    """A file of rows with these ids and the addresses in URLS."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        {"id": i, "url": URLS.get(i, f"https://{i}.example.org/"), "text": t, "dump": "C"} for i, t in given.items()
    ]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def run(lake: Lake, *inputs: Path) -> int | None:
    ingest(lake, [str(each) for each in inputs], IngestOptions())
    return curate(lake, parse(RECIPE, "logs.yaml")).publication


def corpus_ids(lake: Lake) -> list[str]:
    corpus = published_corpus(lake, "logs")
    return [] if corpus is None else sorted(row["id"] for row in corpus.select("id").collect())


def whole(lake: Lake) -> None:
    """Check that all documents exist and publications are complete. Raises CheckFailed."""
    evaluate(lake, expectations_of_lake(lake), lambda line: None)


@pytest.mark.slow
def test_rollback_to_a_publication_and_forward_again_with_maintenance_between(
    spark: SparkSession, tmp_path: Path
) -> None:
    lake = Lake(spark, str(tmp_path / "lake"), "first")
    first = run(lake, texts(tmp_path / "1", a=TEXT))
    second = run(
        Lake(spark, lake.uri, "second"), tmp_path / "1", texts(tmp_path / "2", e=TEXT.replace("day", "night") * 2)
    )
    assert [each.name for each in publications(lake, "logs")] == [f"logs@{second}", f"logs@{first}"]
    assert corpus_ids(lake) == ["a", "e"]
    with pytest.raises(UserError, match=rf"has no publication logs@99; there are: logs@{second}, logs@{first}"):
        rollback(lake, "logs", "logs@99")
    assert rollback(lake, "logs", f"logs@{first}").name == f"logs@{first}"
    assert corpus_ids(lake) == ["a"]
    assert rollback(lake, "logs", f"logs@{second}").name == f"logs@{second}"
    rollback(lake, "logs", f"logs@{first}")
    before = content(spark, lake.uri)

    done = {each.table: each for each in maintain(lake)}
    assert (done["silver/documents"].files_before, done["silver/documents"].files_after) == (2, 1)
    after = content(spark, lake.uri)
    assert after == before
    assert corpus_ids(lake) == ["a"]
    assert all(each.compacted == 0 for each in maintain(lake))
    with pytest.raises(UserError, match="--keep-days is 6"):
        maintain(lake, 6)

    # without a minimum retention, everything unpublished is removed, and published rows stay readable
    with nothing_kept(spark):
        maintain(lake, 0)
    assert corpus_ids(lake) == ["a"]
    with pytest.raises(UserError, match=r"are gone|has no publication"):
        rollback(lake, "logs", f"logs@{second}")
    run(lake, tmp_path / "1", tmp_path / "2")
    assert corpus_ids(lake) == ["a", "e"]
    whole(lake)


@pytest.mark.slow
def test_a_forgotten_domain_is_gone_everywhere_and_stays_away(
    spark: SparkSession, tmp_path: Path, watched: Points
) -> None:
    lake = Lake(spark, str(tmp_path / "lake"), "run")
    rows = texts(tmp_path / "in", a=TEXT, b=TEXT, d=TEXT, c="too short")
    pages = write(
        tmp_path / "in" / "p.warc.gz", warcinfo("C"), page("keeper", "A page of the log, and of its index. " * 5)
    )
    published = run(lake, rows, pages)
    assert len(corpus_ids(lake)) == 2 and "a" in corpus_ids(lake)
    whole(lake)

    points = [("after", "gold/logs"), ("after", "ops/publications")]
    points += [("before", "silver/verdicts"), ("before", "silver/documents")]
    for point in points:  # a run that dies is finished by running it again
        watched.killed_at = point
        with pytest.raises(Killed):
            forget(lake, [("domain", "Keeper.example.org"), ("id", "nobody")])
    watched.killed_at = None
    report = forget(lake, [("domain", "Keeper.example.org"), ("id", "nobody")])
    assert report.history_until is not None
    assert corpus_ids(lake) == []
    whole(lake)
    for name in ("silver/documents", "silver/verdicts", "silver/rejects", "gold/logs"):
        held = [json.dumps(row.asDict(recursive=True), default=str) for row in lake.read(name).collect()]
        assert not [row for row in held if "keeper.example" in row or '"a"' in row or '"d"' in row], name
    rejects = lake.read("silver/rejects").where("reason = 'forgotten'").collect()
    assert sorted(Path(row["warc_path"]).name for row in rejects) == ["p.warc.gz", "rows.jsonl", "rows.jsonl"]
    assert {(row["id"], row["url"], row["detail"]) for row in rejects} == {(None, None, None)}
    logged = {row["kind"]: row["value"] for row in lake.read("ops/forgotten").collect()}
    assert logged["domain"] == "keeper.example.org" and logged["id"] != "nobody"

    again = run(lake, rows, pages)
    assert corpus_ids(lake) == ["b"]  # another of the cluster has taken the place of `a`
    with pytest.raises(UserError, match=rf"logs@{published} may hold pages that were forgotten"):
        rollback(lake, "logs", f"logs@{published}")
    forgotten = max(each.number for each in publications(lake, "logs") if each.kind == "forget")
    rollback(lake, "logs", f"logs@{forgotten}")  # that one is without the pages
    assert corpus_ids(lake) == []
    rollback(lake, "logs", f"logs@{again}")
    assert corpus_ids(lake) == ["b"]

    fresh = Lake(spark, str(tmp_path / "fresh"), "fresh")
    fresh.append("ops/forgotten", lake.read("ops/forgotten"))
    run(fresh, rows, pages)
    apart = ("silver/documents", "silver/rejects", "ops/inputs", "silver/verdicts", "gold/logs")
    one, other = content(spark, lake.uri), content(spark, fresh.uri)
    assert {name: one[name] for name in apart} == {name: other[name] for name in apart}


@pytest.mark.slow
def test_a_crawl_that_was_forgotten_as_a_whole_is_done(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path / "lake"), "run")
    rows = texts(tmp_path / "in", a=TEXT, d=TEXT.replace("day", "night") * 2)
    run(lake, rows)
    report = forget(lake, [("domain", "keeper.example.org")])
    assert report.history_until is not None and report.history_until > datetime.now(timezone.utc) + timedelta(days=7)
    assert {row["history_until"] for row in lake.read("ops/forgotten").collect()} == {
        report.history_until.replace(tzinfo=None)
    }
    read = ingest(lake, [str(rows)], IngestOptions())
    first, again = (curate(lake, parse(RECIPE, "logs.yaml"), read.crawls) for _ in range(2))
    assert [(part.crawl, part.documents) for part in first.published] == [("C", 0)]
    assert (again.published, again.already_done) == ((), ("C",))


@pytest.mark.slow
def test_a_publication_from_before_a_request_to_forget_cannot_come_back(spark: SparkSession, tmp_path: Path) -> None:
    """The same applies if the pages were no longer in the corpus when they were forgotten."""
    lake = Lake(spark, str(tmp_path / "lake"), "run")
    first = texts(tmp_path / "1", a=TEXT, e=TEXT.replace("day", "night") * 2)
    older = run(lake, first)
    newer = run(lake, first, texts(tmp_path / "2", f=TEXT.replace("ships", "birds").replace("day", "eve") * 3))
    assert (older, newer) == (1, 2)
    assert corpus_ids(lake) == ["a", "e", "f"]
    forget(lake, [("id", "a")])
    forget(lake, [("id", "nobody")])
    assert corpus_ids(lake) == ["e", "f"]
    for number in (1, 2, 3):
        with pytest.raises(UserError, match=rf"logs@{number} may hold pages that were forgotten"):
            rollback(lake, "logs", f"logs@{number}")
    assert corpus_ids(lake) == ["e", "f"]


@pytest.mark.slow
def test_unpublished_rows_are_forgotten_too(spark: SparkSession, tmp_path: Path, watched: Points) -> None:
    lake = Lake(spark, str(tmp_path / "lake"), "run")
    watched.killed_at = ("after", "silver/verdicts")
    with pytest.raises(Killed):
        run(lake, texts(tmp_path / "1", a=TEXT))
    watched.killed_at = None
    assert [row["id"] for row in lake.read("silver/verdicts").collect()] == ["a"]
    report = forget(lake, [("domain", "keeper.example.org")])
    assert report.removed["silver/verdicts"] == 1
    assert lake.read("silver/verdicts").count() == 0


@pytest.mark.parametrize(
    "domain", ["*.example.org", "a b.org", "user@example.org", "example.org,b.org", "co.uk", "x..y"]
)
def test_a_value_that_is_not_a_domain_is_refused(domain: str) -> None:
    with pytest.raises(UserError, match=r"is not a domain|is a public suffix|can be forgotten"):
        forget(Lake(None, "nowhere", "run"), [("domain", domain)])  # type: ignore[arg-type]


def test_a_domain_has_the_form_of_hosts() -> None:
    assert stored("domain", " Bücher.Example. ") == "xn--bcher-kva.example"


@pytest.mark.slow
def test_many_small_archives_make_few_files(spark: SparkSession, tmp_path: Path) -> None:
    for number in range(600):
        write(tmp_path / "in" / f"{number:04}.warc.gz", page(f"p{number}", f"Page {number} is a page of its own."))
    lake = Lake(spark, str(tmp_path / "lake"), "run")
    by_table = "spark.databricks.delta.optimizeWrite.enabled"
    spark.conf.unset(by_table)  # it is off in the tests' session
    try:
        report = ingest(lake, [str(tmp_path / "in")], IngestOptions(crawl="SMALL"))
    finally:
        spark.conf.set(by_table, "false")
    assert report.documents == 600
    assert len(lake.read("silver/documents").inputFiles()) == lake.version("silver/documents") == 2, "one a batch"
    done = {each.table: each for each in maintain(lake)}
    assert (done["silver/documents"].files_before, done["silver/documents"].files_after) == (2, 1)
    assert published_verdicts(lake).count() == 0
