"""The log store that Delta commits with: ours, unless the user or a platform has set another (docs/lake.md)."""

from __future__ import annotations

from collections.abc import Mapping

OURS = "org.decantry.lake.LakeLogStore"
SCHEMES = ("file", "s3a")
_PREFIXES = ("spark.delta.logStore", "delta.logStore")
"""Delta reads log store settings under both prefixes, and refuses two that differ (LogStoreProvider)."""


def log_stores(given: Mapping[str, str]) -> dict[str, str]:
    """Spark settings that set our log store for each scheme that `given`, the settings so far, do not set.

    Empty if `given` sets one store for all schemes, which Delta does not allow together with a store for one scheme.
    """
    if any(f"{prefix}.class" in given for prefix in _PREFIXES):
        return {}
    free = (scheme for scheme in SCHEMES if not any(f"{prefix}.{scheme}.impl" in given for prefix in _PREFIXES))
    return {f"spark.delta.logStore.{scheme}.impl": OURS for scheme in free}
