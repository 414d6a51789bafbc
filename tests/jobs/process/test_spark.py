"""Our modules load without pyspark."""

from __future__ import annotations

from pathlib import Path

import decantry.jobs
from decantry.jobs.process.spark import F, Window


def test_no_module_imports_pyspark_when_it_is_imported() -> None:
    files = [*Path(decantry.jobs.__path__[0]).rglob("*.py")]
    assert len(files) > 250
    begins = ("from pyspark", "import pyspark")
    assert [file.name for file in files for line in file.read_text().splitlines() if line.startswith(begins)] == []


def test_functions_and_windows_are_those_of_spark() -> None:
    from pyspark import sql
    from pyspark.sql import functions

    assert F.col is functions.col
    assert Window.unboundedPreceding == sql.Window.unboundedPreceding
