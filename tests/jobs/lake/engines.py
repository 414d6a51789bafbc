"""Other engines that open a corpus as the Delta table it is: DuckDB, `deltalake`, and Spark with nothing of ours in it.

As a script, run in the environment of DuckDB: `engines.py TABLE` prints the rows that DuckDB finds, as JSON. With
`spark TABLE JAR...`, run in our environment, it prints those that plain Spark finds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PACKAGES = ("duckdb==1.5.5", "duckdb-extension-delta==1.5.5", "duckdb-extensions==1.5.5")
"""DuckDB with its extension for Delta, which is built for this version."""


def environment(folder: Path) -> Path:
    """The python that has DuckDB, installed into `folder` where it is not there yet."""
    python = folder / "bin" / "python"
    installed, wanted = folder / "installed", " ".join(PACKAGES)
    if not installed.is_file() or installed.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        quiet = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*quiet, *PACKAGES], check=True)
        installed.write_text(wanted)
    return python


def asked(python: str | Path, *words: str) -> list[dict[str, Any]]:
    """The rows that this file prints as a script. Raises AssertionError with its errors."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("PYSPARK", "SPARK", "PYTHON"))}
    answer = subprocess.run([str(python), __file__, *words], capture_output=True, text=True, env=plain, check=False)
    assert answer.returncode == 0, answer.stderr
    rows: list[dict[str, Any]] = json.loads(answer.stdout.splitlines()[-1])
    return rows


def _by_duckdb(table: str) -> list[dict[str, Any]]:
    import duckdb  # type: ignore[import-not-found,unused-ignore]
    from duckdb_extensions import import_extension  # type: ignore[import-not-found,unused-ignore]

    import_extension("delta")
    connection = duckdb.connect()
    connection.execute("LOAD delta")
    found = connection.execute("SELECT * FROM delta_scan(?)", [table])
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _by_plain_spark(table: str, jars: str) -> list[dict[str, Any]]:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").config("spark.driver.extraClassPath", jars)
    builder = builder.config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
    builder = builder.config(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"
    ).config("spark.ui.enabled", "false")
    rows = builder.getOrCreate().read.format("delta").load(table).collect()
    return [row.asDict(recursive=True) for row in rows]


if __name__ == "__main__":
    rows = _by_plain_spark(*sys.argv[2:]) if sys.argv[1] == "spark" else _by_duckdb(sys.argv[1])
    print(json.dumps(rows, default=str))
