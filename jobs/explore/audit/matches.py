"""Finds benchmark questions in a corpus, by the word sequences that both share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from decantry.jobs.explore.audit.contents import Benchmark, Match
from decantry.jobs.process.spark import F
from decantry.jobs.steps.step import native

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.explore.audit.benchmarks import Question
    from decantry.jobs.explore.audit.duplicates import Texts
    from decantry.jobs.explore.audit.scratch import Scratch

WORDS = 8
SHARE = 0.5
"""The length of a sequence in words, and a share. A document contains a question if it has more than this share of the
question's distinct sequences, in the normal form of near-duplicates. Source: after arXiv:2411.15124, 3.2, which counts
matched words instead."""
SENT = 2_000_000
"""Up to this many sequences of questions, two 64-bit numbers each, Spark broadcasts to every task."""
SHOWN = 25
"""How many found questions are shown, those in most documents first."""


def found_in(
    documents: DataFrame, asked: Sequence[Question], scratch: Scratch, texts: Texts
) -> tuple[tuple[Benchmark, ...], tuple[Match, ...]]:
    """For each file of questions, how many are in the documents; and the questions that are in most documents.

    `documents` has `id` and `text`.
    """
    if not asked:
        return (), ()
    sequences = scratch.write("questions", _sequences(_frame(asked, scratch)))
    sizes = sequences.groupBy("question").agg(F.count("*").alias("size"))
    theirs = documents.select("id", F.explode(native("once", _hashes())).alias("sequence"))
    asked_for = F.broadcast(sequences) if sequences.count() <= SENT else sequences
    pairs = theirs.join(asked_for, "sequence").groupBy("question", "id").agg(F.count("*").alias("n"))
    shares = pairs.join(F.broadcast(sizes), "question").withColumn("share", F.col("n") / F.col("size"))
    inside = scratch.write("matches", shares.where(F.col("share") > SHARE).select("question", "id", "share"))
    best = F.max(F.struct("share", (-F.xxhash64("id")).alias("_h"), "id")).alias("best")
    grouped = inside.groupBy("question").agg(F.count("*").alias("documents"), best)
    rows = grouped.orderBy(F.desc("documents"), "question").collect()
    long_enough = Counter(asked[row["question"]].benchmark for row in sizes.select("question").collect())
    hits = Counter(asked[row["question"]].benchmark for row in rows)
    names = Counter(each.benchmark for each in asked)
    benchmarks = tuple(Benchmark(name, n, long_enough[name], hits[name]) for name, n in sorted(names.items()))
    shown = texts({row["best"]["id"]: None for row in rows[:SHOWN]})
    matches = tuple(
        Match(
            asked[row["question"]].benchmark,
            asked[row["question"]].text,
            row["documents"],
            row["best"]["share"],
            shown[row["best"]["id"]],
        )
        for row in rows[:SHOWN]
    )
    return benchmarks, matches


def _frame(asked: Sequence[Question], scratch: Scratch) -> DataFrame:
    """The columns `question`, the number of the question, and `text`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"question": pa.array(range(len(asked)), pa.int64()), "text": [each.text for each in asked]})
    file = f"{scratch.folder}/asked.parquet"
    pq.write_table(table, file)
    return scratch.spark.read.parquet(file)


def _sequences(questions: DataFrame) -> DataFrame:
    """The columns `question` and `sequence`, the hash of each sequence, for questions that are long enough."""
    words = native("words", native("normalize_text", "text"), _language())
    long_enough = questions.where(F.size(words) >= WORDS)
    return long_enough.select("question", F.explode(native("once", _hashes())).alias("sequence"))


def _hashes() -> Column:
    return native("shingles", "text", F.lit(WORDS), F.lit("xxh64"), F.lit("word"), _language())


def _language() -> Column:
    """A null language: the script of a text then decides how it is split into words."""
    return F.lit(None).cast("string")
