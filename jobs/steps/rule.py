"""A rule: a measurement, a comparison and a threshold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pyspark.sql import Column

Comparison = Literal["<", "<=", ">", ">=", "=", "not in"]


@dataclass(frozen=True)
class Rule:
    """Removes a document if the comparison `measurement removes_when threshold` holds. `name` is in the verdict."""

    name: str
    measurement: str
    removes_when: Comparison
    threshold: float | tuple[str, ...]
    shows: str | None = None

    @property
    def shown(self) -> str:
        """The name of the number in a verdict by this rule: the measurement, or another one if that is not a number."""
        return self.shows or self.measurement

    def __str__(self) -> str:
        """The rule in readable form: `words < 50`."""
        bound = ", ".join(self.threshold) if isinstance(self.threshold, tuple) else f"{self.threshold:g}"
        return f"{self.measurement} {self.removes_when} {bound}"

    def breaks(self, measured: Column) -> Column:
        """Whether the rule removes the document, from the step's struct of measurements; false if the value is null."""
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
