"""`gpt2_tokens` compared with a plain merge of byte pairs, and with known counts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.lake.jars import native_jar
from tests.oracles.gpt2 import count
from tests.udfs.evaluate import EDGES, TEXTS, evaluate, examples, values
from tests.udfs.real import real_texts

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# As the tokenizers library counts them with GPT-2's vocabulary.
LITERALS = {
    "": 0,
    "Hello world": 2,
    "Hello, my dog is cute": 6,
    "I'll can't we've they're": 8,
    "a <|endoftext|> b": 4,
    "<|endoftext|>x<|endoftext|": 8,
}


def test_literals(spark: SparkSession) -> None:
    assert evaluate(spark, "gpt2_tokens", list(LITERALS)) == list(LITERALS.values())


def test_random_and_odd_texts(spark: SparkSession) -> None:
    texts = [*EDGES, *LITERALS, *examples(TEXTS, 300), "a" * 900, " \n" * 400, "ab-" * 300, "<|endoftext|>" * 9]
    assert evaluate(spark, "gpt2_tokens", texts) == [count(text, native_jar()) for text in texts]


def test_real_texts(spark: SparkSession, shared_data: Path) -> None:
    texts = real_texts(shared_data, 60)
    assert evaluate(spark, "gpt2_tokens", texts) == [count(text, native_jar()) for text in texts]


def test_a_line_of_ten_million_characters(spark: SparkSession) -> None:
    tokens = F.call_function("gpt2_tokens", F.repeat(F.col("text"), 10_000_000))
    # The vocabulary's longest tokens of these characters, over and over.
    assert values(spark, ["-", "!"], tokens) == [10_000_000 // 64, 10_000_000 // 8]
    words = F.call_function("gpt2_tokens", F.repeat(F.col("text"), 1_000_000))
    assert values(spark, [" Hi there!"], words) == [3_000_000]


def test_null_in_null_out(spark: SparkSession) -> None:
    assert spark.sql("select gpt2_tokens(cast(null as string))").first() == (None,)
