"""A session in its own process: Java's output there is not part of a command's result."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cold import Cold

PRINTS = """
from decantry.jobs.lake.session import start
spark = start("lake", cores=1, brief=True)
spark._jvm.java.lang.System.out.println("Deleted 3 files")
spark._jvm.java.lang.System.err.println("a warning")
print(spark.range(3).count())
spark.stop()
"""


def test_standard_output_is_pythons_alone(cold: Cold) -> None:
    assert cold.printed.startswith("read 3 files: ")
    assert "[gc]" not in cold.printed


@pytest.mark.slow  # a Spark of its own
def test_output_of_java_is_hidden_and_its_warnings_are_shown() -> None:
    ended = subprocess.run([sys.executable, "-c", PRINTS], capture_output=True, text=True, check=True, timeout=300)
    assert ended.stdout == "3\n"
    assert "a warning" in ended.stderr
