"""What is known of documents as arrays of numpy's, so that a preview needs no Spark (see Measured)."""

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
    """One value a document in each: `at`, the place of the step that removed it, `rule`, the place in `rules` of the
    rule that did ("" for none), `label`, the place of its language's label in `labels`, and `signals` by
    `step.measurement`, as arrays of pyarrow's with nulls.
    """

    at: Any
    rule: Any
    rules: Sequence[str]
    label: Any
    labels: Sequence[str]
    signals: Mapping[str, Any]
    _limits: dict[str, Mapping[str, Mapping[str, float | None]]] = field(default_factory=dict)

    def came_to(self, place: int) -> Any:
        """Whether no step before that place removed the document."""
        return self.at >= place

    def removed_at(self, place: int) -> Any:
        """Whether the step at that place removed it."""
        return self.at == place

    def removed_by(self, names: Sequence[str]) -> Any:
        """Whether one of these rules removed it."""
        import numpy as np

        return np.array([rule in names for rule in self.rules], dtype=bool)[self.rule]

    def breaks(self, step: Step, rule: Rule) -> Any:
        """Whether its kept measurement breaks the rule; false if it has none, as in SQL."""
        import numpy as np

        kept = self.signals[f"{step}.{rule.shown}"]
        there = np.asarray(kept.is_valid())
        # in Spark's order, no number is larger than NaN
        numbers = kept.fill_null(0.0).to_numpy(zero_copy_only=False)
        value = np.where(np.isnan(numbers), np.inf, numbers)
        if rule.limit is None or not isinstance(step, ByLanguage):
            return there & rule.holds(value, float(rule.threshold))  # type: ignore[arg-type]
        threshold = self._thresholds(step, rule)[self.label]
        return there & ~np.isnan(threshold) & rule.holds(value, threshold)

    def _thresholds(self, step: ByLanguage, rule: Rule) -> Any:
        """By label, the threshold of the language, else the step's own; NaN for a rule that is switched off."""
        import numpy as np

        by_label = self._of_language(step)
        own = {rule.limit: rule.threshold}
        found = [by_label.get(label, own)[rule.limit] for label in self.labels]  # type: ignore[index]
        return np.array([np.nan if each is None else each for each in found], dtype=float)

    def _of_language(self, step: ByLanguage) -> Mapping[str, Mapping[str, float | None]]:
        if str(step) not in self._limits:
            self._limits[str(step)] = step.limits_by_label()
        return self._limits[str(step)]
