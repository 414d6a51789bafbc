"""Assigns rows to folds for cross-validation. Families stay together, and each fold has its share of both classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from decantry.jobs.process.errors import UserError

if TYPE_CHECKING:
    from numpy.typing import NDArray

TRAINING_ONLY = -1
"""The fold of rows that are never tested."""


def folds(good: Sequence[bool], families: Sequence[int], count: int, seed: int) -> NDArray[Any]:
    """The fold of each row, from 0 on. Raises UserError if a class has fewer families than there are folds.

    Families are assigned in a random order, large ones first. Each goes to the fold in which the sum of the squared
    shares of both classes grows least.
    """
    import numpy as np

    if count < 2:
        raise UserError(f"--folds is {count}: use 2 or more")
    members: dict[int, list[int]] = {}
    for row, family in enumerate(families):
        members.setdefault(family, []).append(row)
    for side, name in ((True, "good"), (False, "other")):
        if (unrelated := len({family for family, one in zip(families, good, strict=True) if one == side})) < count:
            raise UserError(
                f"{count} folds need {count} unrelated {name} texts, but there are {unrelated}: "
                "give more texts, or a lower --folds"
            )
    order = list(members)
    np.random.default_rng(seed).shuffle(order)
    order.sort(key=lambda family: -len(members[family]))
    held, totals = np.zeros((count, 2), int), np.bincount([int(one) for one in good], minlength=2)
    found = np.zeros(len(good), int)
    for family in order:
        share = np.bincount([int(good[row]) for row in members[family]], minlength=2)
        grown = (((held + share) / totals) ** 2 - (held / totals) ** 2).sum(axis=1)
        fold = int(grown.argmin())
        held[fold] += share
        found[members[family]] = fold
    return found


def folds_of_split(trained: Sequence[bool], families: Sequence[int], good: Sequence[bool]) -> NDArray[Any]:
    """The folds of rows with the column `split`: one fold, which the rows for testing are in.

    Raises UserError if a family is in both parts, or if a part has only one class.
    """
    import numpy as np

    both = {family for family, train in zip(families, trained, strict=True) if train}
    leaking = [row for row, train in enumerate(trained) if not train and families[row] in both]
    if leaking:
        raise UserError(
            f"row {leaking[0] + 1} is for testing, but a near-duplicate or a row of its group is for training: "
            "put both into one split, or leave the column out"
        )
    for part, name in ((True, "training"), (False, "testing")):
        if len({one for one, train in zip(good, trained, strict=True) if train == part}) < 2:
            raise UserError(f"the rows for {name} are of one class: give rows of both classes in each split")
    return np.where(np.array(trained), TRAINING_ONLY, 0)
