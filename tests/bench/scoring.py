"""Scores of a lake's documents, from the documents table to the scores table, beside the model's bare loop.

`python -m tests.bench.scoring [FOLDER]` measures fastText, a head on WordLlama and, where the folder of a sentence
encoder's ONNX export is named, a head on that. All run on one core, by turns in the same run; the best turn counts. A
bare loop calls the library on one text after another in one process: for fastText in C++, for a head with the measures
of what a text looks like, as `decantry score` does.
"""

from __future__ import annotations

import gzip
import json
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import functions as F

from decantry.jobs.curate.score import score
from decantry.jobs.lake.lake import Lake
from decantry.jobs.models.backends.choice import backend
from decantry.jobs.models.named import model_of
from decantry.jobs.models.scorer import HeadScorer
from decantry.schemas import documents
from tests.bench.fasttext import BIGRAMS
from tests.jobs.models.made_models import write_mixed_head
from tests.random_fasttext import write_random

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from decantry.jobs.models.model import Model

TURNS = 3
COPIES = {"fastText": 20, "wordllama": 2, "onnx": 1}
"""How often each text is in the documents table of a model."""
FEW = 100
"""How many texts a slow model scores."""


class Rates(NamedTuple):
    """Texts a second and core: the bare loop, and from table to table."""

    loop: float
    table: float


def measure(spark: SparkSession, texts: Path, folder: Path, export: Path | None) -> dict[str, Rates]:
    """The rates over the texts of a packed JSONL file, for each model."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with gzip.open(texts, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line)["text"] for line in lines]
    words = [word for word in {word for text in rows for word in text.split()} if not word.startswith("__label__")]
    write_random(folder / "bigrams.bin", BIGRAMS, ["</s>", *sorted(words)[:20_000]], seed=1)
    library = _library(folder / "bigrams.bin")
    label = _labels(folder / "bigrams.bin")[0]
    found = {
        "fastText": _rates(spark, folder, "fastText", rows, library, model_of(f"{folder}/bigrams.bin", label=label))
    }
    for name, spec in {"wordllama": "wordllama", **({} if export is None else {"onnx": f"onnx:{export}"})}.items():
        head = folder / f"{name}.json"
        write_mixed_head(head, backend(spec))
        some = rows if name == "wordllama" else rows[:FEW]
        found[name] = _rates(spark, folder, name, some, HeadScorer(head), model_of(str(head)))
    return found


def _rates(
    spark: SparkSession, folder: Path, name: str, texts: Sequence[str], loop: Callable[[str], Any], model: Model
) -> Rates:
    given = [text for text in texts for _ in range(COPIES[name])]
    lake = Lake(spark, str(folder / name), "bench")
    rows = pa.table({"id": [f"{at}" for at in range(len(given))], "text": given})
    pq.write_table(rows, folder / f"{name}.parquet")
    told = {"extractor": "given", "crawl": "c", "warc_path": "a.jsonl"}
    others = [
        F.lit(told.get(column.name)).cast(column.type).alias(column.name)
        for column in documents.TABLE.columns
        if column.name not in rows.column_names
    ]
    lake.append(documents.TABLE.name, spark.read.parquet(f"{folder}/{name}.parquet").select("id", "text", *others))

    def bare() -> float:
        began = time.perf_counter()
        for text in given:
            loop(text)
        return time.perf_counter() - began

    def whole() -> float:
        shutil.rmtree(folder / name / "silver" / "scores", ignore_errors=True)
        began = time.perf_counter()
        assert score(lake, model).scored == {"c": len(given)}
        return time.perf_counter() - began

    turns = [(bare(), whole()) for _ in range(TURNS)]
    return Rates(*(len(given) / min(seconds) for seconds in zip(*turns, strict=True)))


def _library(path: Path) -> Callable[[str], Any]:
    from fasttext import load_model

    model = load_model(str(path))
    return lambda text: model.predict(text.replace("\n", " "))


def _labels(path: Path) -> list[str]:
    from decantry.udfs.page.classifier import labels_of

    return labels_of(str(path))


def main() -> None:
    """Measure, and print a Markdown table."""
    from decantry.jobs.lake.session import start
    from tests.bench.__main__ import DATA, WORK

    export = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    spark = start(str(WORK / "lake-scoring"), app="decantry-bench", cores=1)
    rates = measure(spark, DATA / "oracle" / "fineweb-texts.jsonl.gz", WORK / "scoring", export)
    print("| model | the bare loop | from table to table | share | wanted |\n|---|---|---|---|---|")
    for name, each in rates.items():
        wanted = "" if name == "fastText" else "0.80"
        share = each.table / each.loop
        print(f"| {name} | {each.loop:,.0f} texts/s | {each.table:,.0f} texts/s | {share:.2f} | {wanted} |")
    spark.stop()


if __name__ == "__main__":
    main()
