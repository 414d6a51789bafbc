"""Pages that are forgotten during a run."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from decantry.jobs.lake.forgotten import forgotten_keys, require_nothing_forgotten
from decantry.jobs.process.errors import InfrastructureError


def lake(*keys: tuple[str, str]) -> Any:
    rows = [{"kind": kind, "value": value} for kind, value in keys]
    return SimpleNamespace(rows=lambda name, columns: rows)


def test_pages_that_were_forgotten_since_are_reported() -> None:
    before = forgotten_keys(lake(("domain", "a.org")))
    assert before == {"domain:a.org"}
    require_nothing_forgotten(lake(("domain", "a.org")), before)
    with pytest.raises(InfrastructureError, match="pages were forgotten while this run judged them"):
        require_nothing_forgotten(lake(("domain", "a.org"), ("id", "x")), before)
