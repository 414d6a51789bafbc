"""Models and lists that Spark has copied to a worker."""

from __future__ import annotations

PREFIX = "spark-files:"
"""The prefix of names of files that Spark copies to each worker. Other names are paths on this machine."""


def local(named: str) -> str:
    """The path of the file or folder on this machine, on the driver or in a task."""
    if not named.startswith(PREFIX):
        return named
    from pyspark import SparkFiles

    return SparkFiles.get(named.removeprefix(PREFIX))
