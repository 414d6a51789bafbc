"""Counts the documents that a change keeps."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decantry.jobs.explore.preview.contents import Outcome


def kept_then(outcome: Outcome) -> tuple[float, float]:
    """The number of documents that are kept with the change, and its margin of error."""
    enter, leave = outcome.total.enter.documents, outcome.total.leave.documents
    return outcome.total.kept + enter.value - leave.value, math.hypot(enter.margin, leave.margin)
