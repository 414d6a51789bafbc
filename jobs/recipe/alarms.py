"""When a run raises an alarm: what a recipe may say about it among its checks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Alarms(BaseModel):
    """A group of documents that loses more than `share` of what reaches a step to this step raises an alarm.

    Groups of fewer than `at_least` documents raise none. With the severity `error`, an alarm stops the publication.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    share: Annotated[float, Field(gt=0, le=1)] = 0.9
    at_least: Annotated[int, Field(ge=1)] = 1_000
    severity: Literal["error", "warning"] = "warning"
