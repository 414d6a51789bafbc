"""The context of a command that changes a lake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.process.progress import Progress
    from decantry.jobs.tracking.tracker import Tracker


@dataclass(frozen=True)
class Context:
    """What the jobs of one command share.

    `lake` has the Spark session and the run id. `progress` shows what is done, and `tracker` logs it to MLflow.
    """

    lake: Lake
    progress: Progress
    tracker: Tracker
