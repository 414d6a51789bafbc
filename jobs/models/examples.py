"""Judged texts, on which a classifier is trained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Any

from decantry.jobs.models.well_formed import well_formed
from decantry.jobs.process.errors import UserError

LABEL, SCORE = "label", "score"
SPLITS = {"train": True, "test": False, "validation": False, "valid": False, "dev": False}
"""The values of the column `split`, and whether a row with the value is for training."""
TRUE_LABELS = ("1", "true", "True", "1.0", "__label__1")
"""Labels that count as good if --positive does not name one."""
LEAST_WEIGHT, MOST_WEIGHT = 1e-100, 1e100
"""The bounds of weights, so that sums and ratios are finite and not 0."""


@dataclass(frozen=True)
class Examples:
    """Texts in the order of their files, with their labels or scores."""

    texts: list[str]
    good: list[bool]
    """Whether each text is good."""
    values: list[float]
    """The values that a head is fitted to: the scores if there are any, else 1 for good texts and 0 for others."""
    weights: list[float]
    groups: list[str]
    """The group, host or URL of each text, or an empty string. Texts of one group are never split between training and
    testing."""
    trained: list[bool]
    """Whether each row is for training: all rows, except those that the column `split` keeps for testing."""
    good_label: str
    other_label: str
    scored: bool
    """Whether the rows have scores instead of labels."""

    def __len__(self) -> int:
        """The number of texts."""
        return len(self.texts)


def examples(rows: Iterable[dict[str, Any]], *, positive: str | None = None, above: float | None = None) -> Examples:
    """The examples in `rows`, which have `text` and `label` or `score`, and may have `weight`, `split`, `group`, `host`
    and `url`.

    `positive` names the label of good texts; `above` is the lowest score of a good text. Raises UserError for a missing
    or unusable value, with the row's number, and if all rows are of one class.
    """
    found = list(rows)
    if not found:
        raise UserError("there are no rows to train on: give a file with `text` and `label` or `score`")
    kind = _kind(found[0])
    labels = [_label(row, number) for number, row in enumerate(found, 1)] if kind == LABEL else []
    values = [_number(row, SCORE, number) for number, row in enumerate(found, 1)] if kind == SCORE else []
    if kind == SCORE:
        if above is None:
            raise UserError("the rows have scores: give the lowest score of a good text with --above")
        good, names = [value >= above for value in values], (f"score_{above:g}", "other")
    else:
        chosen = _positive(labels, positive)
        good, others = [label == chosen for label in labels], sorted(set(labels) - {chosen})
        values, names = [float(each) for each in good], (chosen, others[0] if len(others) == 1 else "other")
    if len(set(good)) < 2:
        raise UserError(
            f"all {len(found)} rows are of one class, {names[0] if good[0] else names[1]}: give rows of both classes"
        )
    return Examples(
        texts=[_text(row, number) for number, row in enumerate(found, 1)],
        good=good,
        values=values,
        weights=[_weight(row, number) for number, row in enumerate(found, 1)],
        groups=[_group(row) for row in found],
        trained=[_trained(row, number) for number, row in enumerate(found, 1)],
        good_label=names[0],
        other_label=names[1],
        scored=kind == SCORE,
    )


def _kind(row: dict[str, Any]) -> str:
    if "text" not in row:
        raise UserError(
            f"there is no column `text`: the columns are {', '.join(row)}; name it with --columns text=NAME"
        )
    kinds = [kind for kind in (LABEL, SCORE) if kind in row]
    if not kinds:
        columns = ", ".join(row)
        raise UserError(
            f"there is no column `label` or `score`: the columns are {columns}; name it with --columns label=NAME"
        )
    if len(kinds) == 2:
        raise UserError("there are both columns `label` and `score`: choose one with --columns label=NAME")
    return kinds[0]


def _text(row: dict[str, Any], number: int) -> str:
    text = row.get("text")
    if not isinstance(text, str):
        raise UserError(f"row {number} has {text!r:.80} instead of a text: every row needs a text")
    return text


def _label(row: dict[str, Any], number: int) -> str:
    label = row.get(LABEL)
    if label is None or isinstance(label, list | dict) or label != label or not str(label).strip():
        raise UserError(f"row {number} has the label {label!r:.80}: a label is a word or a number")
    if isinstance(label, float) and label.is_integer():
        label = int(label)
    return well_formed(str(int(label) if isinstance(label, bool) else label))


def _number(row: dict[str, Any], name: str, number: int) -> float:
    value = row.get(name)
    message = f"row {number} has the {name} {value!r:.80}: it must be a finite number"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UserError(message)
    try:
        found = float(value)
    except OverflowError as error:  # an integer of more than 308 digits
        raise UserError(message) from error
    if not isfinite(found):
        raise UserError(message)
    return found


def _weight(row: dict[str, Any], number: int) -> float:
    if row.get("weight") is None:
        return 1.0
    weight = _number(row, "weight", number)
    if not LEAST_WEIGHT <= weight <= MOST_WEIGHT:
        bounds = f"from {LEAST_WEIGHT:g} to {MOST_WEIGHT:g}"
        raise UserError(f"row {number} has the weight {weight:g}: it must be above 0, {bounds}")
    return weight


def _group(row: dict[str, Any]) -> str:
    return next((str(row[name]) for name in ("group", "host", "url") if row.get(name)), "")


def _trained(row: dict[str, Any], number: int) -> bool:
    split = row.get("split")
    if split is None:
        return True
    if not isinstance(split, str) or split not in SPLITS:
        raise UserError(f"row {number} has the split {split!r:.80}: use one of {', '.join(SPLITS)}")
    return SPLITS[split]


def _positive(labels: list[str], positive: str | None) -> str:
    known = sorted(set(labels))
    if positive is not None:
        if positive not in known:
            raise UserError(f"no row has the label {positive}: the labels are {', '.join(known[:10])}")
        return positive
    if len(known) == 1:
        return known[0]
    true = [label for label in known if label in TRUE_LABELS]
    if len(known) > 2 or len(true) != 1:
        raise UserError(f"--positive is missing: name the good label, one of {', '.join(known[:10])}")
    return true[0]
