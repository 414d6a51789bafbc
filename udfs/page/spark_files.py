"""Models and lists that Spark has brought to a worker."""

from __future__ import annotations

PREFIX = "spark-files:"
"""What the name of a file begins with that Spark brings to each worker; other names are paths of this machine."""


def local(named: str) -> str:
    """The path of the file or folder on this machine, on the driver or in a task."""
    if not named.startswith(PREFIX):
        return named
    from pyspark import SparkFiles

    return SparkFiles.get(named.removeprefix(PREFIX))
