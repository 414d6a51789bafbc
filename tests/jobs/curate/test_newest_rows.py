"""What one crawl's publication leaves of another's, in the newest version of every table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.curate.frames import judged
from decantry.jobs.curate.judge import fresh
from decantry.jobs.curate.outcome import Outcomes
from decantry.jobs.curate.parts import Part
from decantry.jobs.curate.publish import publish
from decantry.jobs.lake import Lake
from decantry.jobs.recipe.load import parse
from decantry.schemas import documents
from decantry.schemas.table import struct_type

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RECIPE = parse('recipe: songs\nsteps:\n  - where: {name: short, keep: "length(text) < 99"}\n', "songs.yaml")


def kept_song(spark: SparkSession, crawl: str) -> Outcomes:
    """The outcome of a crawl of one document, which is kept."""
    nothing = dict.fromkeys(documents.TABLE.column_names)
    row = nothing | {"id": f"{crawl}-song", "crawl": crawl, "text": "A song.", "warc_path": "a", "extractor": "given"}
    frame = fresh(spark.createDataFrame([tuple(row.values())], struct_type(documents.TABLE)))
    return Outcomes(judged(frame, RECIPE))


def test_a_second_crawl_takes_nothing_of_the_first_away(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path), "run")
    for crawl in ("spring", "winter"):
        part = Part(
            crawl=crawl,
            documents=1,
            documents_hash="h",
            documents_version=0,
            counts={None: 1},
            kept_rows=1,
            corpus_rows=1,
        )
        publish(lake, RECIPE, "hash", kept_song(spark, crawl), [part], [crawl], measure_all=False)
    both = [("spring", "spring-song"), ("winter", "winter-song")]
    corpus, verdicts = lake.read("gold/songs"), lake.read("silver/verdicts")
    assert sorted(tuple(row) for row in corpus.select("dump", "id").collect()) == both
    assert sorted(tuple(row) for row in verdicts.select("crawl", "id").collect()) == both
    assert sorted(row["crawl"] for row in lake.read("ops/publications").collect()) == ["spring", "winter"]
