"""A rule: the measurement it looks at and the comparison under which a document is removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pyspark.sql import Column

Comparison = Literal["<", "<=", ">", ">=", "=", "not in"]


@dataclass(frozen=True)
class Rule:
    """A document is removed by `name` when `measurement` compares so with `threshold`."""

    name: str
    measurement: str
    removes_when: Comparison
    threshold: float | tuple[str, ...]
    shows: str | None = None

    @property
    def shown(self) -> str:
        """The number that a verdict by this rule shows: the measurement, or another where that is no number."""
        return self.shows or self.measurement

    def __str__(self) -> str:
        """The rule as people write it: `words < 50`."""
        bound = ", ".join(self.threshold) if isinstance(self.threshold, tuple) else f"{self.threshold:g}"
        return f"{self.measurement} {self.removes_when} {bound}"

    def breaks(self, measured: Column) -> Column:
        """Whether the rule removes the document, given the step's struct of measurements; false where it is null."""
        from pyspark.sql import functions as F

        if isinstance(self.threshold, tuple):
            return F.coalesce(~measured[self.measurement].isin(*self.threshold), F.lit(False))
        value = measured[self.measurement].cast("double")
        if self.removes_when == "<":
            broken = value < self.threshold
        elif self.removes_when == "<=":
            broken = value <= self.threshold
        elif self.removes_when == ">":
            broken = value > self.threshold
        elif self.removes_when == ">=":
            broken = value >= self.threshold
        else:
            broken = value == self.threshold
        return F.coalesce(broken, F.lit(False))
