"""The package `decantry` itself: what a notebook imports. Commands and jobs import its rooms instead."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def session(lake: str) -> SparkSession:
    """A Spark session in which `spark.sql` knows the lake's tables and views by their names, and the native functions.

    If the lake's runs are tracked beside the lake, MLflow's tracking URI and experiment are set too. Raises UserError
    if there is no lake, or if jars are missing. See `decantry.jobs.explore.session`.
    """
    # by name, because the rooms belong to this package: at the top, it would import itself
    opened: SparkSession = import_module("decantry.jobs.explore.session").session(lake)
    return opened
