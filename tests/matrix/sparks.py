"""Runs the main job over the sample on this Spark, with and without ANSI SQL, and on Spark 3.5."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from deltalake import DeltaTable

from decantry.jobs.sample import build
from decantry.jobs.setup import ivy
from decantry.jobs.setup.fetch import staging

HERE = Path(__file__).parent
WORK = HERE.parents[1] / "build" / "matrix"
TABLES = ("silver/documents", "silver/rejects", "silver/verdicts", "gold/fineweb")
OF_THE_RUN = {"run_id"}
PACKAGES = ("pyspark==3.5.7", "py4j==0.10.9.7", "delta-spark==3.3.2")


def differences(folder: Path) -> list[str]:
    """Run the job three times, and return where and in which table the rows differ.

    Lakes and inputs go to the folder. The other Spark is kept in the build folder.
    """
    inputs = [str(path) for path in build(folder / "sample")]
    jars = WORK / "jars-3.5"
    if not jars.is_dir():
        ivy.resolve(HERE / "spark35.ivy.xml", HERE / "spark35.sha256", jars)
    older = {
        "DECANTRY_JARS": str(jars),
        "PYTHONPATH": os.pathsep.join([str(_spark35(WORK / "spark-3.5")), os.environ.get("PYTHONPATH", "")]),
    }
    expected = _rows(_run(inputs, folder / "installed", {}))
    others = {
        "ansi-off": _run(inputs, folder / "ansi-off", {"SPARK_SUBMIT_OPTS": "-Dspark.sql.ansi.enabled=false"}),
        "spark-3.5": _run(inputs, folder / "spark-3.5", older),
    }
    for table in TABLES:
        assert expected[table], table
    made = {name: _rows(lake) for name, lake in others.items()}
    return [f"{name}: {table}" for name, rows in made.items() for table in TABLES if rows[table] != expected[table]]


def _spark35(folder: Path) -> Path:
    """A folder with the packages of Spark 3.5, to put before the installed ones."""
    if not folder.is_dir():
        quiet = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        with staging(folder.parent) as made:
            subprocess.run([*quiet, "--target", str(made / "packages"), *PACKAGES], check=True)
            (made / "packages").rename(folder)
    return folder


def _run(inputs: list[str], lake: Path, environment: dict[str, str]) -> Path:
    words = [word for path in inputs for word in ("--input", path)]
    command = [sys.executable, "-m", "decantry.jobs.main", "run", "fineweb", *words, "--lake", str(lake), "--quiet"]
    subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, check=True)
    return lake


def _rows(lake: Path) -> dict[str, list[str]]:
    def of(table: str) -> list[str]:
        rows = DeltaTable(str(lake / table)).to_pyarrow_table().to_pylist()
        return sorted(str({name: value for name, value in row.items() if name not in OF_THE_RUN}) for row in rows)

    return {table: of(table) for table in TABLES if (lake / table).is_dir()}
