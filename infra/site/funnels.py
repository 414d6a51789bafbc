"""What each recipe removes from the sample, as counted by `python -m tests.funnels`. A slow test counts again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from infra.site.contents import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = ROOT / "infra" / "site" / "funnels.json"


def funnels() -> Mapping[str, list[dict[str, Any]]]:
    """The steps of each recipe that was tried, in order: `step, seen, removed, rules`, in documents."""
    found: Mapping[str, list[dict[str, Any]]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
