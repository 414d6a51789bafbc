"""Files that are read again under another crawl's name. Their documents are published once, under the new name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.curate.documents import require_crawls
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.published import current, published_corpus
from tests.faults.commit_points import Killed, Points, watched
from tests.faults.ferries import WORDS, crawl, judge

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["watched"]


def published(lake: Lake) -> dict[str, int]:
    """The number of each crawl's documents, as its publication says."""
    return {each.crawl: each.documents for each in current(lake, "ferries")}


def rows(lake: Lake) -> list[tuple[str, str]]:
    corpus = published_corpus(lake, "ferries")
    assert corpus is not None
    return sorted((row["id"], row["dump"]) for row in corpus.select("id", "dump").collect())


@pytest.mark.slow  # several runs
def test_a_file_then_all_files_move_to_another_crawl(spark: SparkSession, tmp_path: Path) -> None:
    archives = crawl(tmp_path / "archives")
    lake = Lake(spark, str(tmp_path / "lake"), "run")
    assert judge(lake, ingest(lake, [str(archives)]).crawls).publication == 1
    once = rows(lake)
    assert published(lake) == {"FERRY-1": 8}

    second = IngestOptions(crawl="FERRY-2")
    one = ingest(lake, [str(archives / "a.warc.gz")], second)
    assert (one.crawls, list(one.left)) == (["FERRY-2"], ["FERRY-1"])
    judge(lake, [*one.crawls, *one.left])  # as `run` does
    assert published(lake) == {"FERRY-1": 2, "FERRY-2": 6}
    assert [id for id, _ in rows(lake)] == [id for id, _ in once]

    ingest(lake, [str(archives)], second)
    require_crawls(lake, ["FERRY-1"])  # after a run that dies here, `curate --crawl FERRY-1` is no mistake
    report = judge(lake, ["FERRY-1", "FERRY-2"])
    assert published(lake) == {"FERRY-1": 0, "FERRY-2": 8}
    assert {part.crawl: part.documents for part in report.published} == {"FERRY-1": 0, "FERRY-2": 8}
    assert rows(lake) == [(id, "FERRY-2") for id, _ in once]
    assert judge(lake).published == judge(lake, ["FERRY-1", "FERRY-2"]).published == (), "not judged for ever"


@pytest.mark.slow  # several runs
@pytest.mark.parametrize("point", [("after", "silver/documents"), ("after", "ops/inputs")])
def test_the_next_run_finishes_an_interrupted_move(
    spark: SparkSession, tmp_path: Path, watched: Points, point: tuple[str, str]
) -> None:
    archives = crawl(tmp_path / "archives")
    lake = Lake(spark, str(tmp_path / "lake"), "run")
    judge(lake, ingest(lake, [str(archives)]).crawls)
    watched.killed_at = point
    with pytest.raises(Killed):
        ingest(Lake(spark, lake.uri, "dead"), [str(archives)], IngestOptions(crawl="FERRY-2"))
    watched.killed_at = None
    for run in ("next", "last"):
        again = ingest(Lake(spark, lake.uri, run), [str(archives)], IngestOptions(crawl="FERRY-2"))
        assert (again.crawls, list(again.left)) == (["FERRY-2"], ["FERRY-1"]), run
    back = ingest(Lake(spark, lake.uri, "back"), [str(archives)])
    assert (back.crawls, list(back.left)) == (["FERRY-1"], ["FERRY-2"])


@pytest.mark.slow  # several runs
def test_texts_that_were_removed_by_hand_stay_published(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path / "lake"), "run")
    write(tmp_path / "old.jsonl", {"OLD": WORDS.format(2)}, {"OLD": WORDS.format(3)})
    write(tmp_path / "new.jsonl", {"NEW": "Nobody lives here."}, {"NEW": "Nobody lives there."})
    judge(lake, ingest(lake, [str(tmp_path / "old.jsonl")]).crawls)
    before = rows(lake)
    lake.change("silver/documents", lambda table: table.delete("crawl = 'OLD'"))
    judge(lake, ingest(lake, [str(tmp_path / "new.jsonl")]).crawls)  # its rows have the ids of the old ones

    assert published(lake) == {"NEW": 2, "OLD": 2}
    assert [row for row in rows(lake) if row[1] == "OLD"] == before
    assert judge(lake, ["NEW", "OLD"]).published == ()


@pytest.mark.slow  # several runs
def test_crawls_that_share_a_file_do_not_count_as_moved(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path / "lake"), "run")
    write(tmp_path / "two.jsonl", {"ONE": WORDS.format(2)}, {"TWO": WORDS.format(3)})
    write(tmp_path / "new.jsonl", {}, {}, {"NEW": "Nobody lives here."})
    judge(lake, ingest(lake, [str(tmp_path / "two.jsonl")]).crawls)
    judge(lake, [*ingest(lake, [str(tmp_path / "new.jsonl")]).crawls, "ONE"])  # the manifest names neither ONE nor TWO
    lake.change("silver/documents", lambda table: table.delete("crawl = 'TWO'"))
    assert judge(lake, ["NEW", "TWO"]).published == ()
    assert published(lake) == {"NEW": 1, "ONE": 1, "TWO": 1}


def write(file: Path, *texts: dict[str, str]) -> None:
    """Rows of a text and its crawl; the ids are 0, 1, 2 and so on."""
    rows = ({"id": n, "dump": crawl, "text": text} for n, row in enumerate(texts) for crawl, text in row.items())
    file.write_text("\n".join(map(json.dumps, rows)))
