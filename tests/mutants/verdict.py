"""Whether a mutant was caught."""

from __future__ import annotations

from dataclasses import dataclass

from tests.mutants.mutant import Mutant
from tests.mutants.trial import NO_FAILURE_OF_A_TEST, Report


@dataclass(frozen=True)
class Verdict:
    """`how` is `caught`, `survived` or `untried`. `why` is the line of the failed test, or the reason why nothing was
    tried."""

    mutant: Mutant
    how: str
    why: str
    seconds: float


def judged(mutant: Mutant, report: Report, seconds: float, *, by: str | None = None) -> Verdict:
    """The verdict from the report of the mutant's test, or of the test `by`."""
    if report.error is not None:
        return Verdict(mutant, "untried", report.error, seconds)
    why = report.failed.get(by or mutant.test)
    if why is None:
        return Verdict(mutant, "survived", mutant.breaks, seconds)
    if any(name in why for name in NO_FAILURE_OF_A_TEST):
        return Verdict(mutant, "untried", why, seconds)
    return Verdict(mutant, "caught", why, seconds)
