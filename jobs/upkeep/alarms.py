"""Remove the alarms of forgotten hosts from ops/checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.checks.alarm import HOST, LOST
from decantry.jobs.lake.forgotten import domain_keys
from decantry.jobs.process.spark import F
from decantry.schemas import checks

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake

OF_HOST = rf"^{LOST}\({HOST} (.+), [^,]*\)$"
"""Matches the expectation of an alarm about a host. The group is the host (jobs/checks/alarm.py)."""


def scrub(lake: Lake, keys: DataFrame) -> int:
    """Remove the rows of ops/checks that name a host of a forgotten domain, and return their number.

    `keys` has the column `key`, as ops/forgotten has it.
    """
    name = checks.TABLE.name
    if not lake.exists(name):
        return 0
    rows = lake.read(name).where(F.col("expectation").rlike(OF_HOST))
    named = rows.select("expectation", F.explode(domain_keys(F.regexp_extract("expectation", OF_HOST, 1))).alias("key"))
    found = [
        row["expectation"] for row in named.join(keys, "key", "left_semi").select("expectation").distinct().collect()
    ]
    if not found:
        return 0
    gone = F.col("expectation").isin(found)
    count = rows.where(gone).count()
    lake.change(name, lambda delta: delta.delete(gone))
    return count
