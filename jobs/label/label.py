"""Texts to label, and their labels."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from decantry.jobs.label.rubric import Rubric


@dataclass(frozen=True)
class Text:
    """A text to label: its id, the sha256 of the whole text, and as much of its beginning as the rubric needs."""

    id: str
    text_hash: str
    head: str
    url: str | None = None
    host: str | None = None


@dataclass(frozen=True)
class Judge:
    """A model with a rubric. Labels of one judge are comparable, and it labels no text twice."""

    model: str
    rubric: Rubric

    @property
    def key(self) -> dict[str, str]:
        """The columns of a label that identify its judge."""
        model = hashlib.sha256(self.model.encode()).hexdigest()
        return {"model_sha256": model, "label": self.rubric.rubric, "rubric_sha256": self.rubric.sha256}

    def judged(self, row: Mapping[str, Any]) -> bool:
        """Whether a row of silver/labels has this judge."""
        return all(row.get(name) == value for name, value in self.key.items())


@dataclass(frozen=True)
class Label:
    """A row of silver/labels, without the run. The fields are the columns."""

    id: str
    text_hash: str
    model_sha256: str
    label: str
    rubric_sha256: str
    model: str
    score: int | None
    failure: str | None
    detail: str
    characters: int
    prompt_tokens: int
    completion_tokens: int
    attempts: int
    url: str | None
    host: str | None
    endpoint: str
    labelled_at: datetime

    def row(self) -> dict[str, Any]:
        """The label for JSON, with its time in ISO 8601."""
        return asdict(self) | {"labelled_at": self.labelled_at.isoformat()}

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Label:
        """The label from the result of `row`. Raises KeyError, TypeError or ValueError for anything else."""
        at = row["labelled_at"]
        values = {field.name: row[field.name] for field in fields(cls)}
        return cls(**values | {"labelled_at": at if isinstance(at, datetime) else datetime.fromisoformat(at)})


def text_hash(text: str) -> str:
    """The sha256 of the text, equal to Spark's `sha2(text, 256)`. The text must be well-formed."""
    return hashlib.sha256(text.encode()).hexdigest()
