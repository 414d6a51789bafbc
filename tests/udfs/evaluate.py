"""Helpers for tests of native functions: evaluate one function on many texts in one Spark job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyspark.sql import functions as F

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy
    from pyspark.sql import Column, SparkSession

T = TypeVar("T")

EDGES = (
    *("", "a", " ", "\n", "\u0000", "a\u0000b", ".", "@", "'", "\ufffd", "\ufeff", "\U0010ffff", "\ue000"),
    *("\u0301", "\u0301\u0302\u0323" * 50, "e\u0323\u0301", "e\u0301\u0323", "\u1b44\u302e", "\u302e\u1b44"),
    *("🙂", "👩‍👩‍👧‍👦 🇫🇷 ☕️", "🏳️‍🌈" * 30, "한국어 문장", "日本語の文章です。", "नमस्ते दुनिया", "مرحبا ١٢٫٥", "ΣΑΣ ΣΣ Σ"),
)

# Characters that the rules know by name beside any others, so that random texts reach the rules.
_TELLING = st.sampled_from(list(".,@-_'![]:;/ \n\t0123456789aeszAESZ٣،٫⎖１é\u0301\u0323\u302eßİΣσ한日🙂…’"))
TEXTS: SearchStrategy[str] = st.one_of(
    st.text(max_size=60),
    st.text(_TELLING, max_size=80),
    st.lists(
        st.sampled_from(["word", "Other", "12", "3.5", "1.2.3.4", "a@b.co", "'ll", "--", "é", "日本"]), max_size=40
    ).map(" ".join),
)


def evaluate(spark: SparkSession, function: str, texts: Sequence[str], *options: Any) -> list[Any]:
    """The function's value for each text, in order."""
    return values(spark, texts, F.call_function(function, F.col("text"), *(F.lit(option) for option in options)))


def values(spark: SparkSession, texts: Sequence[str], value: Column) -> list[Any]:
    """The value of an expression over `text` for each text, in order."""
    frame = spark.createDataFrame([(i, text) for i, text in enumerate(texts)], "i int, text string")
    return [row[1] for row in sorted(frame.select("i", value.alias("value")).collect())]


def examples(strategy: SearchStrategy[T], count: int) -> list[T]:
    """`count` examples of a strategy, the same in every run."""
    found: list[T] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: T) -> None:
        found.append(example)

    collect()
    return found
