"""An expectation as data, derived from the schemas and the recipe, and independent of the library that evaluates it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Expectation:
    """One expectation of a frame: the library's `kind` with its `options`, and the severity of a failure."""

    kind: str
    options: Mapping[str, Any]
    severity: Severity = "error"

    @property
    def name(self) -> str:
        """Its name in the table of checks: the kind and the columns."""
        of = self.options.get("column") or f"{self.options.get('column_A')}, {self.options.get('column_B')}"
        return f"{self.kind}({of})"

    @property
    def threshold(self) -> str:
        """The allowed values, in words."""
        low, high = self.options.get("min_value"), self.options.get("max_value")
        if low is None and high is None:
            return "every row"
        return f"{'any' if low is None else low} to {'any' if high is None else high}"


@dataclass(frozen=True)
class Batch:
    """A small frame of one table and its expectations. `rows` maps a column to its values."""

    table: str
    about: str
    rows: Mapping[str, list[Any]]
    expectations: tuple[Expectation, ...] = field(default=())


@dataclass(frozen=True)
class CheckResult:
    """The result of one expectation of one table.

    `examples` are documents in words. They are printed and stored nowhere, because `forget` could not find them there.
    """

    table: str
    expectation: str
    success: bool
    severity: Severity
    observed: str
    threshold: str
    examples: str = ""


def equal_pairs(*names: str) -> tuple[Expectation, ...]:
    """The expectations that the two columns of each pair are equal in every row."""
    return tuple(
        Expectation("ExpectColumnPairValuesToBeEqual", {"column_A": a, "column_B": b})
        for a, b in zip(names[::2], names[1::2], strict=True)
    )
