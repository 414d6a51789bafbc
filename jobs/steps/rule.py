"""A rule: a measurement, a comparison and a threshold."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import Column

Comparison = Literal["<", "<=", ">", ">=", "=", "not in"]
_HOLDS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
Share = Annotated[float, Field(ge=0)]
"""A threshold for a share of lines, paragraphs or characters. A maximum of 1 or more switches the rule off."""


@dataclass(frozen=True)
class Rule:
    """Removes a document if the comparison `measurement removes_when threshold` holds. Verdicts have its `name`.

    If the document's language has a configuration, the field `limit` of the step's `limits` replaces the threshold. A
    null there switches the rule off.
    """

    name: str
    measurement: str
    removes_when: Comparison
    threshold: float | tuple[str, ...]
    shows: str | None = None
    limit: str | None = None

    @property
    def shown(self) -> str:
        """The measurement that a verdict shows: the rule's own, or `shows` if that one is not a number."""
        return self.shows or self.measurement

    def __str__(self) -> str:
        """The rule in readable form: `words < 50`."""
        if self.limit:
            return f"{self.measurement} {self.removes_when} the language's {self.limit}"
        bound = ", ".join(self.threshold) if isinstance(self.threshold, tuple) else f"{self.threshold:g}"
        return f"{self.measurement} {self.removes_when} {bound}"

    def of(self, limits: Mapping[str, Any] | None) -> Rule:
        """The rule with the threshold for a document with these limits; None if its language has no configuration."""
        if self.limit is None:
            return self
        if limits is None:
            return replace(self, limit=None)
        never = float("-inf") if self.removes_when.startswith("<") else float("inf")
        own = limits[self.limit]
        return replace(self, limit=None, threshold=never if own is None else own)

    def breaks(self, measured: Column, limits: Column | None = None) -> Column:
        """Whether the rule removes the document; false if the measurement is null.

        `measured` is the step's struct of measurements, and `limits` the struct of the language's limits.
        """
        if isinstance(self.threshold, tuple):
            return F.coalesce(~measured[self.measurement].isin(*self.threshold), F.lit(False))
        value = measured[self.measurement].cast("double")
        return F.coalesce(self.holds(value, self.bound(limits)), F.lit(False))

    def holds(self, value: Any, threshold: Any) -> Any:
        """`value removes_when threshold`, for a rule on a number. Both are columns of Spark, or arrays of numpy."""
        return _HOLDS[self.removes_when](value, threshold)

    def bound(self, limits: Column | None) -> Column:
        """The threshold for the document: that of its language, or else the rule's own."""
        own = F.lit(self.threshold).cast("double")
        if limits is None or self.limit is None:
            return own
        return F.when(limits.isNull(), own).otherwise(limits[self.limit])
