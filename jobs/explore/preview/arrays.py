"""Measured documents as arrays of numpy, so that a preview needs no Spark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from decantry.jobs.steps.by_language import ByLanguage

if TYPE_CHECKING:
    from decantry.jobs.steps.rule import Rule
    from decantry.jobs.steps.step import Step


@dataclass(frozen=True)
class Arrays:
    """Measured documents (see Measured), as arrays with one value for each document.

    `at` is the index of the step that removed the document, `rule` the index in `rules` of the rule that did ("" for
    none), and `label` the index of its language's label in `labels`. `signals` are its measurements by
    `step.measurement`, as arrays of pyarrow, null if it has none.
    """

    at: Any
    rule: Any
    rules: Sequence[str]
    label: Any
    labels: Sequence[str]
    signals: Mapping[str, Any]
    _limits: dict[str, Mapping[str, Mapping[str, float | None]]] = field(default_factory=dict)

    def reached(self, index: int) -> Any:
        """Whether no step before the one at `index` removed the document."""
        return self.at >= index

    def removed_at(self, index: int) -> Any:
        """Whether the step at `index` removed the document."""
        return self.at == index

    def removed_by(self, names: Sequence[str]) -> Any:
        """Whether one of these rules removed the document."""
        import numpy as np

        return np.array([rule in names for rule in self.rules], dtype=bool)[self.rule]

    def breaks(self, step: Step, rule: Rule) -> Any:
        """Whether the document's kept measurement breaks the rule; false if it has none."""
        import numpy as np

        kept = self.signals[f"{step}.{rule.shown}"]
        measured = np.asarray(kept.is_valid())
        # Spark orders NaN after all numbers
        numbers = kept.fill_null(0.0).to_numpy(zero_copy_only=False)
        value = np.where(np.isnan(numbers), np.inf, numbers)
        if rule.limit is None or not isinstance(step, ByLanguage):
            return measured & rule.holds(value, float(rule.threshold))  # type: ignore[arg-type]
        threshold = self._thresholds(step, rule)[self.label]
        return measured & ~np.isnan(threshold) & rule.holds(value, threshold)

    def _thresholds(self, step: ByLanguage, rule: Rule) -> Any:
        """The threshold for each label: that of the language, or else the step's own. NaN switches the rule off."""
        import numpy as np

        by_label = self._of_language(step)
        own = {rule.limit: rule.threshold}
        found = [by_label.get(label, own)[rule.limit] for label in self.labels]  # type: ignore[index]
        return np.array([np.nan if each is None else each for each in found], dtype=float)

    def _of_language(self, step: ByLanguage) -> Mapping[str, Mapping[str, float | None]]:
        if str(step) not in self._limits:
            self._limits[str(step)] = step.limits_by_label()
        return self._limits[str(step)]
