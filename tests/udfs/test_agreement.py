"""FineWeb's chain on the peer's own texts: what removes each, by which rule, and the text that C4 leaves."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.curate.judge import fresh, judge
from decantry.jobs.recipe.load import load

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CHAIN = ("gopher_repetition", "gopher_quality", "c4", "fineweb_quality")


def lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def expected(fate: dict[str, Any]) -> tuple[str | None, str | None]:
    """The peer's verdict in our names, and the text that it keeps."""
    if fate["removed_by"] is None:
        return None, fate["kept_text"]
    step = {"fineweb": "fineweb_quality"}.get(fate["removed_by"], fate["removed_by"])
    return f"{step}.{fate['reason'].removeprefix('gopher_')}", None


def test_every_verdict_and_every_kept_text_is_the_peers(spark: SparkSession, shared_data: Path) -> None:
    fates = {fate["id"]: fate for fate in lines(shared_data / "oracle" / "fineweb-fates.jsonl.gz")}
    texts = lines(shared_data / "oracle" / "fineweb-texts.jsonl.gz")
    judged = [text for text in texts if fates[text["id"]]["removed_by"] != "language"]
    assert len(judged) > 700
    rows = [(text["id"], text["text"], "en") for text in judged]
    frame = fresh(spark.createDataFrame(rows, "id string, text string, language string").repartition(4))
    for step in load("fineweb").steps:
        if step.kind in CHAIN:
            frame = frame.transform(judge(step))
    found = {
        row.id: (row.removed_by, row.text if row.removed_by is None else None)
        for row in frame.select("id", "removed_by", "text").collect()
    }
    assert found == {text["id"]: expected(fates[text["id"]]) for text in judged}
