"""The outputs of all kinds of steps for the texts: one plan for all, and a few for deduplication."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from pyspark.sql import functions as F

from decantry.jobs.curate.judge import once
from decantry.jobs.dedup.order import rank
from decantry.jobs.dedup.rehydration import SizeCount, distribution, weights
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.recipe.hash import JUDGE_VERSION
from decantry.jobs.recipe.model import KINDS
from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.rehydrate import Rehydrate
from decantry.jobs.steps.score import ScoredByModel
from decantry.jobs.steps.step import Step
from decantry.schemas.documents import TABLE
from decantry.udfs.archive.url import site_of
from tests.golden.cases import CASES, steps, url_list
from tests.golden.files import INPUTS, Output
from tests.golden.found import Selecting, found
from tests.golden.of_judge import fates
from tests.oracles.script import script_of

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, Row, SparkSession

REMOVED = ((1, 900, 500), (2, 300, 60), (3, 100, 10), (4, 60, 9), (5, 40, 1), (7, 9, 5))
WEIGHTS = weights(distribution([SizeCount(*counts) for counts in REMOVED]), 6)


def names() -> list[str]:
    """`kind@VERSION` of every kind of step, and of the code that all recipes share."""
    return [*(f"{kind}@{step.VERSION}" for kind, step in KINDS.items()), f"judge@{JUDGE_VERSION}"]


def outputs(spark: SparkSession) -> dict[str, Output]:
    """The outputs of all kinds with cases, by `kind@VERSION`."""
    texts = json.loads((INPUTS / "texts.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as made, _with_list(Path(made)):
        tried = {f"{step.kind}_{at}": step for kind in CASES for at, step in enumerate(steps(kind, Path(made)))}
        documents = _documents(spark, texts)
        frame = _tried(_working(documents), tried)
        rows = frame.collect()
        clusters_and_cuts = found(frame, tried)
        every: dict[str, Output] = {f"{kind}@{KINDS[kind].VERSION}": {} for kind in CASES}
        for name, step in tried.items():
            values = {row["id"]: _plain(row[name], row["text"]) for row in rows}
            for id_, what in clusters_and_cuts.get(name, {}).items():
                values[id_] |= what
            case = CASES[step.kind][int(name.rpartition("_")[2])]
            every[f"{step.kind}@{step.VERSION}"][json.dumps(case)] = values
    every[f"rehydrate@{Rehydrate.VERSION}"]["computed"] = {"weights": [*WEIGHTS.items()]}
    every[f"judge@{JUDGE_VERSION}"] = fates(documents)
    return every


@contextmanager
def _with_list(folder: Path) -> Iterator[None]:
    """Replace `ut1-adult` by a small list of the test."""
    compiled = url_list(folder)
    with mock.patch("decantry.jobs.steps.url_filter.list_dir", lambda name: compiled):
        yield


def _documents(spark: SparkSession, texts: list[dict[str, Any]]) -> DataFrame:
    """The texts as documents of two crawls."""
    rows = []
    for at, text in enumerate(texts):
        site = site_of(text["url"])
        given = {**text, "host": site.host, "domain": site.domain, "extractor": "given", "crawl": f"C{at % 2}"}
        given |= {"language_script": script_of(text["text"] or "")}
        given |= {"warc_path": "texts.jsonl", "warc_offset": at, "run_id": "run"}
        rows.append([given.get(name) for name in TABLE.column_names])
    return few_rows(spark, TABLE, rows)


def _working(documents: DataFrame) -> DataFrame:
    """The documents, not removed, with clusters of all sizes and all scores."""
    pairs = F.array(*(F.struct(F.lit(k).alias("size"), F.lit(v).alias("copies")) for k, v in WEIGHTS.items()))
    return documents.select(
        "*",
        F.lit(None).cast("string").alias("removed_by"),
        (1 + F.col("warc_offset") % 10).alias("cluster_size"),
        pairs.alias("_weights"),
        (F.col("warc_offset") % 13 / 2 - 0.5).alias(ScoredByModel.score_column),
    )


def _tried(frame: DataFrame, tried: dict[str, Step]) -> DataFrame:
    """The documents with one column for each step, which has the step's result."""
    measured = {name: step.measure() for name, step in tried.items()}
    taken = {f"_{name}": once(column) for name, column in measured.items() if column is not None}
    frame = frame.withColumns(taken)
    columns = {n: _output(frame, s, F.col(f"_{n}") if f"_{n}" in taken else None) for n, s in tried.items()}
    return frame.select(
        "id", "crawl", "warc_path", "warc_offset", "text", "language", *(c.alias(n) for n, c in columns.items())
    ).localCheckpoint()


def _output(frame: DataFrame, step: Step, measured: Column | None) -> Column:
    """The keys that the step compares; or its measurements, the broken rules, the edited text and its columns."""
    if isinstance(step, Deduplicate):
        order = rank(frame, step.keep, str(step))
        return F.struct(step.keys().alias("bands"), step.scope_column().alias("scope"), order.alias("rank"))
    if isinstance(step, Selecting):
        return F.struct(*(column.alias(name) for name, column in step.compares(frame, ()).items()))
    broken = F.array(
        *(F.when(rule.breaks(measured), F.lit(rule.name)) for rule in step.rules() if measured is not None)
    )
    parts = {"breaks": F.array_compact(broken.cast("array<string>")), "measured": measured, "text": step.edit(measured)}
    parts |= step.columns(measured)
    return F.struct(*(column.alias(name) for name, column in parts.items() if column is not None))


def _plain(row: Row, text: str) -> dict[str, Any]:
    """The result for one text as plain values: keys as a digest, and the text only if it changed."""
    values = row.asDict(recursive=True)
    if "bands" in values:
        digest = hashlib.sha256(json.dumps(values["bands"]).encode()).hexdigest()[:16]
        return {"keys": len(values["bands"]), "digest": digest, "scope": values["scope"], "rank": values["rank"]}
    (values.get("measured") or {}).pop("text", None)
    return _rounded({name: value for name, value in values.items() if name != "text" or value != text})


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    """Scores with four digits, because fastText computes in single precision, and processors differ in the last
    digits."""
    return {
        name: _rounded(value)
        if isinstance(value, dict)
        else round(value, 4)
        if value is not None and name.endswith("score")
        else value
        for name, value in values.items()
    }
