"""Whether a platform submits the job. If so, the platform's session and settings apply."""

from __future__ import annotations

import os

_MARKS = ("DATABRICKS_RUNTIME_VERSION", "EMR_RELEASE", "SPARK_ENV_LOADED")
"""Environment variables of Databricks, of EMR, and of `spark-submit`."""


def on_platform() -> bool:
    """Whether this process was started by Databricks, EMR or spark-submit."""
    return any(mark in os.environ for mark in _MARKS)
