"""`DESCRIBE FUNCTION EXTENDED` shows the usage, arguments, result and examples of each native function."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EXAMPLE = re.compile(r"^ +> (SELECT .*);\n(?: {7}(\S.*))?$", re.MULTILINE)
DOCUMENTED = ("words", "gopher_quality", "minhash", "c4_lines", "extract_page", "fasttext", "once")


def described(spark: SparkSession, function: str) -> str:
    return "\n".join(row[0] for row in spark.sql(f"DESCRIBE FUNCTION EXTENDED {function}").collect())


def test_it_shows_usage_arguments_and_examples(spark: SparkSession) -> None:
    told = described(spark, "words")
    assert "Usage: words(text, language) - the words of a text, punctuation tokens included" in told
    assert "* language string - its language, like `en`" in told
    assert "Returns: array<string>; null where the first argument is null" in told
    assert "> SELECT words('It works.', 'en');" in told


def test_each_example_with_a_result_gives_it(spark: SparkSession) -> None:
    names = [row[0] for row in spark.sql("SHOW USER FUNCTIONS").collect()]
    names = sorted({*names, *DOCUMENTED})
    examples = [found for name in names for found in EXAMPLE.findall(described(spark, name))]
    given = [(query, result) for query, result in examples if result]
    assert len(given) >= 5
    for query, result in given:
        (value,) = spark.sql(query).collect()[0]
        assert shown(value) == result, query


def shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), ensure_ascii=False)
