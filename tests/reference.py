"""Writes docs/reference.md, the reference of recipes and of the native functions in the jar: `python -m
tests.reference`."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from decantry.jobs.explore import reference
from decantry.jobs.lake.jars import native_jar
from decantry.jobs.process.java import java_command
from decantry.jobs.setup.ivy import pyspark_jars

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference.md"
_FUNCTIONS = """
## Native functions

SQL, `where` steps and notebooks have them. `describe function extended words` says the same of one. If the first
argument is null, the result is. Arguments that are constants must be the same for all rows.

A notebook has them with `decantry.session(lake)`. A Spark session of your own has them with
the jars and the extensions below; `class_path()` names the native jar and the folder of Delta's.

<!-- run: plain -->
```python
from decantry.jobs.lake.jars import class_path
from pyspark.sql import SparkSession, functions as F

jars = ":".join(class_path())
extensions = "io.delta.sql.DeltaSparkSessionExtension,org.decantry.DecantryExtensions"
spark = (
    SparkSession.builder.config("spark.driver.extraClassPath", jars)
    .config("spark.executor.extraClassPath", jars)
    .config("spark.sql.extensions", extensions)
    .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
    .getOrCreate()
)
corpus = spark.read.format("delta").load("my-lake/gold/fineweb")
corpus.select("url", F.size(F.call_function("words", "text", F.lit("en"))).alias("words")).show(5)
```

"""


def functions() -> str:
    """The native functions as Markdown."""
    path = os.pathsep.join([str(native_jar()), str(pyspark_jars() / "*")])
    words = [java_command(), "-XX:TieredStopAtLevel=1", "-cp", path, "org.decantry.spark.FunctionsPage"]
    return subprocess.run(words, capture_output=True, check=True).stdout.decode()


def page() -> str:
    """The whole page."""
    return reference.page() + _FUNCTIONS + functions()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
