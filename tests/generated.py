"""Spark's generated code. The tests' session turns it off, because compiling it costs more than it gains for few
rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

INTERPRETED = {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}
GENERATED = {"spark.sql.codegen.wholeStage": "true", "spark.sql.codegen.factoryMode": "FALLBACK"}


@contextmanager
def generated_code(spark: SparkSession) -> Iterator[None]:
    """Turn code generation on in the block, as it is outside of tests."""
    for name, value in GENERATED.items():
        spark.conf.set(name, value)
    try:
        yield
    finally:
        for name, value in INTERPRETED.items():
            spark.conf.set(name, value)
