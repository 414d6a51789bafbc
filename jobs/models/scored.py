"""Scores texts in Spark: with the native function for fastText models, and in Python workers for all others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.models.model import FASTTEXT, Model
from decantry.jobs.models.scorer import LocalNames, scorer
from decantry.jobs.process.spark import F
from decantry.jobs.setup.executors import on_executors
from decantry.udfs.page.spark_files import local

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import Column, DataFrame

KEY = ("crawl", "id", "text_hash")
_SCORED = "crawl string, id string, text_hash string, score double"


def text_hash() -> Column:
    """The hash of the text, which is part of the key of silver/scores."""
    return F.sha2("text", 256)


def scored(texts: DataFrame, model: Model) -> DataFrame:
    """The columns of KEY and `score` for rows of `crawl, id, text`. Evaluate the frame only once."""
    if model.kind == FASTTEXT:
        return texts.select("crawl", "id", text_hash().alias("text_hash"), _native(model).alias("score"))
    path, sha256 = on_executors(model.path, model.sha256), model.sha256
    local_names = _local_names(model)

    def act(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _scores(batches, path, sha256, local_names)

    return texts.select("crawl", "id", text_hash().alias("text_hash"), "text").mapInArrow(act, _SCORED)


def _native(model: Model) -> Column:
    name = f"{on_executors(model.path, model.sha256)}#sha256={model.sha256}"
    text = F.call_function("model_words", F.col("text")) if model.words else F.col("text")
    return F.call_function("fasttext_probability", text, F.lit(name), F.lit(model.label))


def _local_names(model: Model) -> LocalNames:
    """The folders of the head's backends, by the names that are valid in tasks."""
    found = []
    for name, sha256 in model.folders:
        kind, _, folder = name.partition(":")
        found.append((name, f"{kind}:{on_executors(Path(folder).expanduser(), sha256)}"))
    return tuple(found)


def _scores(
    batches: Iterable[pa.RecordBatch], path: str, sha256: str, local_names: LocalNames
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    for batch in batches:
        if not batch.num_rows:
            continue
        names = tuple((name, _local(local_name)) for name, local_name in local_names)
        make = scorer(local(path), sha256, names)
        ids, texts = batch.column("id"), batch.column("text")
        scores = [finite(make(text.as_py()), id_) for text, id_ in zip(texts, ids, strict=True)]
        keys = [batch.column(name) for name in KEY]
        yield pa.RecordBatch.from_arrays([*keys, pa.array(scores, pa.float64())], [*KEY, "score"])


def _local(name: str) -> str:
    """The backend's name, with its folder on this task's machine."""
    kind, _, folder = name.partition(":")
    return f"{kind}:{local(folder)}"


def finite(score: float, id_: object) -> float:
    """The score. Raises ValueError if it is not a number."""
    if not isfinite(score):
        raise ValueError(f"the model gives the document {id_} the score {score}, which is not a number")
    return score
