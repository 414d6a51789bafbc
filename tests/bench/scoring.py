"""Scores of a lake's documents, from the documents table to the scores table, beside the model's bare library loop.

`python -m tests.bench.scoring MODEL...` measures `fasttext`, `wordllama` and `onnx:FOLDER`, a sentence encoder's ONNX
export. All run on one core, by turns in the same run; the best turn counts. Rates are marginal: the texts that the
larger of two tables has more, by the seconds that it takes longer, so that the fixed cost of a command is left out. A
bare loop calls only the library, on one text after another in one process: `predict` of fastText in C++, `embed` of
WordLlama, or the tokenizer and onnxruntime. From table to table, a head also measures what a text looks like. fastText
is measured a third time, from table to table with a Python function of Spark, which the native one has replaced.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import functions as F

from decantry.jobs.curate import score as job
from decantry.jobs.lake.lake import Lake
from decantry.jobs.models.backends.choice import backend
from decantry.jobs.models.model import Model
from decantry.jobs.models.named import model_of
from decantry.jobs.models.scored import KEY, text_hash
from decantry.schemas import documents
from decantry.udfs.page.classifier import labels_of
from tests.bench.fasttext import BIGRAMS
from tests.bench.library_loops import fasttext_loop, onnx_loop, wordllama_loop
from tests.jobs.models.made_models import write_mixed_head
from tests.random_fasttext import write_random

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TURNS = 2
COPIES = {"fasttext": (10, 90), "wordllama": (1, 9)}
"""How often each text is in the smaller and in the larger documents table of a model."""
FEW = 100
"""How many texts an ONNX model scores, once and three times."""


class Rates(NamedTuple):
    """Texts a second and core: the bare loop, from table to table, and the same with Python in the place of Scala."""

    loop: float
    table: float
    python: float | None


def measure(spark: SparkSession, texts: Path, folder: Path, name: str) -> Rates:
    """The rates of a model over the texts of a packed JSONL file."""
    folder.mkdir(parents=True)
    with gzip.open(texts, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line)["text"] for line in lines][: None if name in COPIES else FEW]
    if name == "fasttext":
        words = Counter(word for text in rows for word in text.split() if not word.startswith("__label__"))
        path = folder / "bigrams.bin"
        write_random(path, BIGRAMS, ["</s>", *(word for word, _ in words.most_common(20_000))], seed=1)
        loop, model = fasttext_loop(path), model_of(str(path), label=labels_of(str(path))[0])
    else:
        write_mixed_head(folder / "head.json", backend(name))
        loop = wordllama_loop() if name == "wordllama" else onnx_loop(Path(name.partition(":")[2]))
        model = model_of(f"{folder}/head.json")
    texts_of = [[text for text in rows for _ in range(copies)] for copies in COPIES.get(name, (1, 3))]
    seconds = [_seconds(spark, folder / str(at), given, loop, model, name) for at, given in enumerate(texts_of)]
    rates = [(len(texts_of[1]) - len(texts_of[0])) / (more - few) for few, more in zip(*seconds, strict=True)]
    return Rates(rates[0], rates[1], rates[2] if len(rates) > 2 else None)


def _seconds(
    spark: SparkSession, folder: Path, given: Sequence[str], loop: Callable[[str], object], model: Model, name: str
) -> list[float]:
    """The seconds of each way: the bare loop, from table to table, and for fastText the same in Python."""
    lake = _lake(spark, folder, given)

    def bare() -> float:
        began = time.perf_counter()
        for text in given:
            loop(text)
        return time.perf_counter() - began

    def whole(scored: Callable[[DataFrame, Model], DataFrame] = job.scored) -> float:
        shutil.rmtree(folder / "lake" / "silver" / "scores", ignore_errors=True)
        began = time.perf_counter()
        with patch.object(job, "scored", scored):
            assert job.score(lake, model).scored == {"c": len(given)}
        return time.perf_counter() - began

    ways = [bare, whole] + ([lambda: whole(_in_python)] if name == "fasttext" else [])
    turns = [[way() for way in ways] for _ in range(TURNS)]
    return [min(each) for each in zip(*turns, strict=True)]


def _lake(spark: SparkSession, folder: Path, texts: Sequence[str]) -> Lake:
    """A lake with a documents table of the texts."""
    folder.mkdir(parents=True)
    rows = pa.table({"id": [f"{at}" for at in range(len(texts))], "text": texts})
    pq.write_table(rows, folder / "texts.parquet")
    told = {"extractor": "given", "crawl": "c", "warc_path": "a.jsonl", "warc_offset": 0}
    others = [
        F.lit(told.get(column.name)).cast(column.type).alias(column.name)
        for column in documents.TABLE.columns
        if column.name not in rows.column_names
    ]
    lake = Lake(spark, str(folder / "lake"), "bench")
    lake.append(documents.TABLE.name, spark.read.parquet(f"{folder}/texts.parquet").select("id", "text", *others))
    return lake


def _in_python(texts: DataFrame, model: Model) -> DataFrame:
    """What `scored` gives, by the library in Python workers."""
    path, label = str(model.path), model.label

    def act(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        loop = fasttext_loop(Path(path))
        for batch in batches:
            scores = [dict(zip(*loop(text.as_py()), strict=True)).get(label, 0.0) for text in batch.column("text")]
            keys = [batch.column(name) for name in KEY]
            yield pa.RecordBatch.from_arrays([*keys, pa.array(scores, pa.float64())], [*KEY, "score"])

    kept = texts.select("crawl", "id", text_hash().alias("text_hash"), "text")
    return kept.mapInArrow(act, "crawl string, id string, text_hash string, score double")


def main() -> None:
    """Measure, and print a Markdown table."""
    from decantry.jobs.lake.session import start
    from tests.bench.__main__ import DATA, WORK

    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    shutil.rmtree(WORK / "scoring", ignore_errors=True)
    spark = start(str(WORK / "lake-scoring"), app="decantry-bench", cores=1)
    print("| model | the bare loop | from table to table | share | beside Python |\n|---|---|---|---|---|", flush=True)
    for at, name in enumerate(sys.argv[1:]):
        rates = measure(spark, DATA / "oracle" / "fineweb-texts.jsonl.gz", WORK / "scoring" / str(at), name)
        python = "" if rates.python is None else f"{rates.table / rates.python:.2f}"
        figures = [f"{rates.loop:,.0f} texts/s", f"{rates.table:,.0f} texts/s", f"{rates.table / rates.loop:.2f}"]
        print(f"| {name.partition(':')[0]} | {' | '.join(figures)} | {python} |", flush=True)
    spark.stop()


if __name__ == "__main__":
    main()
