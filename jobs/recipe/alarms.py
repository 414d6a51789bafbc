"""The options that say when a run raises an alarm. A recipe has them among its checks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Alarms(BaseModel):
    """A group raises an alarm if one step removes more than `share` of the group's documents that reach it.

    Groups of fewer than `at_least` documents raise no alarm. With the severity `error`, an alarm stops the publication.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    share: Annotated[float, Field(gt=0, le=1)] = 0.9
    at_least: Annotated[int, Field(ge=1)] = 1_000
    severity: Literal["error", "warning"] = "warning"
