"""Upkeep that is killed: readers see no change, and the next run has the result of an undisturbed one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.checks.gate import evaluate
from decantry.jobs.checks.whole_lake import expectations_of_lake
from decantry.jobs.curate.job import curate
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.publications import publications
from decantry.jobs.lake.published import published_corpus
from decantry.jobs.lake.without_spark import rows_of
from decantry.jobs.recipe.load import parse
from decantry.jobs.upkeep.forget import forget
from decantry.jobs.upkeep.maintain import maintain
from decantry.jobs.upkeep.rollback import rollback
from tests.faults.commit_points import Killed, Points, watched
from tests.faults.content import newest
from tests.faults.holding import holding
from tests.faults.nothing_kept import nothing_kept
from tests.warc_files import page, warcinfo, write

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.slow

__all__ = ["watched"]

LOG = "\n".join(f"On day {n} the watchman wrote down the wind and his supper." for n in range(40))
SIGNED = "Signed by the keeper, who has seen all of it from the tower with his own eyes."
RECIPE = """
recipe: logs
steps:
  - where: {name: long, keep: length(text) > 60}
  - near_duplicates: {}
  - duplicate_paragraphs: {}
"""
ROWS = {
    "keeper-log": f"{LOG}\n{SIGNED}\n{SIGNED}",  # a paragraph that is cut
    "mirror-log": f"{LOG}\nCopied by a mirror.",
    "night-log": "\n".join(f"Nobody has ever seen boat {n} come in, says he at noon." for n in range(9)),
}
REQUESTS = [("url", "https://keeper.example.org/keeper-log"), ("url", "https://index.example.org/")]
FORGOTTEN = ("keeper.example.org", "index.example.org", "Signed by the keeper", "a page of the index")


def texts(folder: Path, *ids: str) -> Path:
    """A file of rows with these ids."""
    folder.mkdir()
    rows = [
        {"id": i, "url": f"https://{i.replace('-log', '')}.example.org/{i}", "text": ROWS[i], "dump": "C"} for i in ids
    ]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def run(lake: Lake, *inputs: Path) -> None:
    ingest(lake, [str(each) for each in inputs], IngestOptions(keep_html=True))
    curate(lake, parse(RECIPE, "logs.yaml"), measure_all=True)


@pytest.fixture(scope="module")
def made(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with all tables and two publications, of which the newer has more pages."""
    folder = tmp_path_factory.mktemp("made")
    lake = Lake(spark, str(folder / "lake"), "first")
    first = texts(folder / "1", "keeper-log", "mirror-log")
    write(first / "p.warc.gz", warcinfo("C"), page("index", "This is a page of the index, and it is long enough. " * 3))
    run(lake, first)
    run(Lake(spark, lake.uri, "second"), first, texts(folder / "2", "night-log"))
    return folder / "lake"


def copy(lake: Path, folder: Path) -> Path:
    shutil.copytree(lake, folder)
    return folder


def killed(watched: Points, number: int, act: Callable[[], object]) -> None:
    watched.seen.clear()
    watched.at_number = number
    with pytest.raises(Killed):
        act()
    watched.at_number = None


def dying(watched: Points, act: Callable[[], object]) -> Iterator[tuple[str, str]]:
    """Repeat the job, killed before the first commit, after the first, and then three commits later each time.

    Yields each point at which it died. The point before a later commit equals the one after the commit before.
    """
    for number in (1, *range(2, 200, 6)):
        watched.seen.clear()
        watched.at_number = number
        try:
            act()
        except Killed:
            yield watched.seen[-1]
        else:
            watched.at_number = None
            return


def corpus(spark: SparkSession, folder: Path) -> list[tuple[str, str]]:
    rows = published_corpus(Lake(spark, str(folder), "look"), "logs")
    assert rows is not None
    return sorted((row["id"], row["text"]) for row in rows.collect())


def all_but_the_request(folder: Path) -> dict[str, list[str]]:
    assert all(row["history_until"] for row in rows_of(str(folder), "ops/forgotten"))
    return {name: rows for name, rows in newest(folder).items() if name != "ops/forgotten"}


def test_forget_that_is_killed_after_a_commit_is_finished_by_the_next_run(
    spark: SparkSession, tmp_path: Path, made: Path, watched: Points
) -> None:
    lake = Lake(spark, str(copy(made, tmp_path / "undisturbed")), "run")
    forget(lake, REQUESTS)
    points = watched.seen.copy()
    wanted = all_but_the_request(tmp_path / "undisturbed")
    assert "night-log" in dict(corpus(spark, tmp_path / "undisturbed"))
    evaluate(lake, expectations_of_lake(lake), lambda line: None)
    for table in ("ops/forgotten", "gold/logs", "ops/publications", "silver/rejects", "silver/documents"):
        folder = copy(made, tmp_path / table)
        forgetting = partial(forget, Lake(spark, str(folder), "killed"), REQUESTS)
        killed(watched, points.index(("after", table)) + 1, forgetting)
        forget(Lake(spark, str(folder), "again"), REQUESTS)
        assert all_but_the_request(folder) == wanted, table


def test_maintain_that_is_killed_at_any_commit_changes_nothing_for_readers(
    spark: SparkSession, tmp_path: Path, made: Path, watched: Points
) -> None:
    seen = corpus(spark, made)
    with nothing_kept(spark):
        maintain(Lake(spark, str(copy(made, tmp_path / "undisturbed")), "run"), 0)
        folder = copy(made, tmp_path / "killed")
        died = []
        for point in dying(watched, lambda: maintain(Lake(spark, str(folder), "run"), 0)):
            assert corpus(spark, folder) == seen, point
            died.append(point)
    assert len({table for _, table in died}) > 4, died
    assert newest(folder) == newest(tmp_path / "undisturbed") == newest(made)
    assert corpus(spark, folder) == seen


def test_rollback_that_is_killed_is_done_completely_or_not_at_all(
    spark: SparkSession, tmp_path: Path, made: Path, watched: Points
) -> None:
    second, first = publications(Lake(spark, str(made), "look"), "logs")
    for number, kept in ((1, len(corpus(spark, made))), (2, first.kept)):
        lake = Lake(spark, str(copy(made, tmp_path / str(number))), "run")
        killed(watched, number, lambda lake=lake: rollback(lake, "logs", first.name))  # type: ignore[misc]
        assert len(corpus(spark, tmp_path / str(number))) == kept
        rollback(lake, "logs", first.name)
        assert len(corpus(spark, tmp_path / str(number))) == first.kept
        rollback(lake, "logs", second.name)
        assert corpus(spark, tmp_path / str(number)) == corpus(spark, made)
    assert watched.seen == [("before", "gold/logs"), ("after", "gold/logs")] * 2


def test_no_file_has_forgotten_pages_after_maintain_has_removed_old_versions(
    spark: SparkSession, tmp_path: Path, made: Path
) -> None:
    lake = Lake(spark, str(copy(made, tmp_path / "lake")), "run")
    rows = rows_of(lake.uri, "silver/documents")
    ids = tuple(row["id"] for row in rows if row["url"] in [url for _, url in REQUESTS])
    assert len(ids) == 2
    assert set(holding(tmp_path / "lake", FORGOTTEN + ids)) == {*FORGOTTEN, *ids}
    forget(lake, REQUESTS)
    with nothing_kept(spark):
        maintain(lake, 0)
    held = holding(tmp_path / "lake", FORGOTTEN + ids)
    assert {name: [file for file in files if "_delta_log" not in file.parts] for name, files in held.items()} in (
        {},
        {id: [] for id in held if id in ids},  # the smallest and the largest of a file stay in Delta's log
    )
