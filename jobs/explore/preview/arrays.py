"""What is known of documents as arrays of numpy's, so that a preview needs no Spark (see Measured)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from decantry.jobs.steps.by_language import ByLanguage, label_of

if TYPE_CHECKING:
    from decantry.jobs.steps.rule import Rule
    from decantry.jobs.steps.step import Step


@dataclass(frozen=True)
class Arrays:
    """One value a document in each: `at`, the place of the step that removed it, `by`, the rule that did ("" for none),
    `language` and `script`, and `signals` by `step.measurement`, as arrays of pyarrow's with nulls.
    """

    at: Any
    by: Any
    language: Sequence[str | None]
    script: Sequence[str | None]
    signals: Mapping[str, Any]

    def came_to(self, place: int) -> Any:
        """Whether no step before that place removed the document."""
        return self.at >= place

    def removed_at(self, place: int) -> Any:
        """Whether the step at that place removed it."""
        return self.at == place

    def removed_by(self, names: Sequence[str]) -> Any:
        """Whether one of these rules removed it."""
        import numpy as np

        return np.isin(self.by, names)

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
        threshold, has = self._limits(step, rule)
        return there & has & rule.holds(value, threshold)

    def _limits(self, step: ByLanguage, rule: Rule) -> tuple[Any, Any]:
        """The threshold of each document's language, else the step's own; and whether there is one."""
        import numpy as np

        by_label, own = step.limits_by_label(), {rule.limit: rule.threshold}
        pairs = list(zip(self.language, self.script, strict=True))
        of = {pair: by_label.get(label_of(*pair), own)[rule.limit] for pair in {*pairs}}  # type: ignore[index]
        found = [of[pair] for pair in pairs]
        return np.array([0.0 if each is None else each for each in found], dtype=float), np.array(
            [each is not None for each in found], dtype=bool
        )
