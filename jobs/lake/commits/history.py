"""The commits of a table, from its Delta log."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

UPKEEP = {
    *("CREATE TABLE", "OPTIMIZE", "VACUUM START", "VACUUM END", "SET TBLPROPERTIES", "UNSET TBLPROPERTIES", "REORG"),
    *("UPGRADE PROTOCOL", "ADD CONSTRAINT", "DROP CONSTRAINT", "CHANGE COLUMN", "ADD COLUMNS", "CLUSTER BY"),
    *("COMPUTE STATS", "SYNC IDENTITY", "DROP FEATURE"),
}
"""Delta's operations that leave a table's rows as they are (org.apache.spark.sql.delta.DeltaOperations)."""


@dataclass(frozen=True)
class Commit:
    """One commit: `about` is what its writer said in the user metadata, `metrics` what Delta counted."""

    version: int
    operation: str
    about: Mapping[str, Any]
    metrics: Mapping[str, int]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Commit:
        """The commit for one row of a table's history."""
        counted = {name: int(n) for name, n in (row.get("operationMetrics") or {}).items() if str(n).isdigit()}
        return cls(int(row["version"]), str(row["operation"]), _parsed(row.get("userMetadata")), counted)


def _parsed(metadata: str | None) -> dict[str, Any]:
    """The metadata as a dict; empty if another program wrote something else."""
    try:
        value = json.loads(metadata or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
