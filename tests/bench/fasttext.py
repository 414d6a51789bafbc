"""fastText as a native function beside the library in C++, and beside a Python function of Spark that calls it.

`python -m tests.bench.fasttext` measures that alone. All predict on one core in the same run, by turns, and the best
turn of each counts: lid.176.ftz, and a model of two labels with runs of two words and random weights.
"""

from __future__ import annotations

import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pyspark.sql import functions as F
from pyspark.sql.pandas.functions import pandas_udf

from decantry.jobs.setup.cache import model_path
from tests.random_fasttext import Form, write_random

if TYPE_CHECKING:
    import pandas
    from pyspark.sql import Column, SparkSession

BIGRAMS = Form(labels=2, dimension=100, word_ngrams=2, buckets=500_000)
TURNS = 3
COPIES = 3
"""How often each text is predicted in one turn."""


class Rates(NamedTuple):
    """Texts a second and core: the library's own loop, the native function, and a Python function of Spark."""

    library: float
    native: float
    python: float


def measure(spark: SparkSession, texts: Path, folder: Path) -> dict[str, Rates]:
    """The rates over the texts of a packed JSONL file, for each model."""
    with gzip.open(texts, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line)["text"].replace("\n", " ") for line in lines]
    folder.mkdir(parents=True, exist_ok=True)
    bigrams = folder / "bigrams.bin"
    words = Counter(word for text in rows for word in text.split() if not word.startswith("__label__"))
    write_random(bigrams, BIGRAMS, ["</s>", *(word for word, _ in words.most_common(20_000))], seed=1)
    return {
        name: _rates(spark, rows * COPIES, str(path))
        for name, path in {"lid.176.ftz": model_path("package:lid.176.ftz"), "two labels, bigrams": bigrams}.items()
    }


def _rates(spark: SparkSession, texts: list[str], path: str) -> Rates:
    frame = spark.createDataFrame([(text,) for text in texts], "text string").coalesce(1).cache()
    frame.count()

    def spent(value: Column) -> float:
        began = time.perf_counter()
        frame.select(F.xxhash64(value)).write.format("noop").mode("overwrite").save()
        return time.perf_counter() - began

    nothing = min(spent(F.col("text")) for _ in range(TURNS))
    native = F.call_function("fasttext", F.col("text"), F.lit(path))
    turns = [(_library(texts, path), spent(native), spent(_python(path))) for _ in range(TURNS)]
    library, natively, in_python = (min(each) for each in zip(*turns, strict=True))
    frame.unpersist()
    return Rates(*(len(texts) / seconds for seconds in (library, natively - nothing, in_python - nothing)))


def _library(texts: list[str], path: str) -> float:
    from fasttext import load_model

    model = load_model(path)
    began = time.perf_counter()
    for text in texts:
        model.predict(text)
    return time.perf_counter() - began


def _python(path: str) -> Column:
    import pandas

    def scores(batches: Iterator[pandas.Series[Any]]) -> Iterator[pandas.Series[Any]]:
        from fasttext import load_model

        model = load_model(path)
        for texts in batches:
            yield pandas.Series([float(model.predict(text)[1][0]) for text in texts], dtype="float64")

    scores.__annotations__ = dict.fromkeys(("batches", "return"), Iterator[pandas.Series])
    return pandas_udf(scores, "double")("text")  # type: ignore[call-overload, no-any-return]


def rows_of(measured: dict[str, Rates]) -> list[tuple[str, str, str]]:
    """The measured rates as rows of a table: name, figure, and wanted figure."""
    found = []
    for name, rates in measured.items():
        found += [
            (f"fastText, {name}: the library, one core", f"{rates.library:,.0f} texts/s", ""),
            (f"fastText, {name}: native", f"{rates.native:,.0f} texts/s", ""),
            (f"fastText, {name}: native beside the library", f"{rates.native / rates.library:.2f}", "0.80"),
            (f"fastText, {name}: native beside a Python function", f"{rates.native / rates.python:.1f} x", "1.5 x"),
        ]
    return found


def main() -> None:
    """Measure, and print a Markdown table."""
    from decantry.jobs.lake.session import start
    from tests.bench.__main__ import DATA, WORK

    spark = start(str(WORK / "lake-fasttext"), app="decantry-bench", cores=1)
    print("| what | measured | wanted |\n|---|---|---|")
    for row in rows_of(measure(spark, DATA / "oracle" / "fineweb-texts.jsonl.gz", WORK / "fasttext")):
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
