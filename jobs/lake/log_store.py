"""Which log store Delta commits with: ours, where neither the user nor a platform has named another (docs/lake.md)."""

from __future__ import annotations

from collections.abc import Mapping

OURS = "org.decantry.lake.LakeLogStore"
SCHEMES = ("file", "s3a")
_PREFIXES = ("spark.delta.logStore", "delta.logStore")
"""Delta reads its settings of log stores under both, and refuses two that differ (LogStoreProvider)."""


def log_stores(given: Mapping[str, str]) -> dict[str, str]:
    """Spark's settings that name our log store for each scheme for which `given`, the settings so far, name none.

    None at all where `given` names one store for all schemes: Delta refuses that beside a store for a scheme.
    """
    if any(f"{prefix}.class" in given for prefix in _PREFIXES):
        return {}
    free = (scheme for scheme in SCHEMES if not any(f"{prefix}.{scheme}.impl" in given for prefix in _PREFIXES))
    return {f"spark.delta.logStore.{scheme}.impl": OURS for scheme in free}
