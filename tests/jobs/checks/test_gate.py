"""Which results stop a publication, and which are only printed."""

from __future__ import annotations

import pytest

from decantry.jobs.checks import gate
from decantry.jobs.checks.expectation import CheckResult, Severity
from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import CheckFailed

LAKE = Lake(None, "main.decantry", "run")  # type: ignore[arg-type]


def result(name: str, success: bool, severity: Severity) -> CheckResult:
    return CheckResult("silver/verdicts", name, success, severity, "0.95", "0.1 to 0.9")


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[CheckResult]:
    written: list[CheckResult] = []
    monkeypatch.setattr(gate, "record", lambda lake, results: written.extend(results))
    return written


def test_a_failed_error_stops_the_run_and_is_recorded(
    monkeypatch: pytest.MonkeyPatch, recorded: list[CheckResult]
) -> None:
    results = [result("kept", True, "error"), result("kept_share", False, "error")]
    monkeypatch.setattr(gate, "validate", lambda batches, site: results)
    with pytest.raises(CheckFailed) as caught:
        gate.evaluate(LAKE, [], print, failure="a check failed and nothing was published")
    assert str(caught.value) == (
        "a check failed and nothing was published: kept_share of silver/verdicts: saw 0.95, allowed 0.1 to 0.9"
    )
    assert recorded == results


def test_a_failed_warning_is_printed_and_does_not_stop_the_run(
    monkeypatch: pytest.MonkeyPatch, recorded: list[CheckResult]
) -> None:
    results = [result("kept", True, "error"), result("kept_share", False, "warning")]
    monkeypatch.setattr(gate, "validate", lambda batches, site: results)
    said: list[str] = []
    assert gate.evaluate(LAKE, [], said.append, failure="a check failed and nothing was published") == results
    assert said == ["warning: kept_share of silver/verdicts: saw 0.95, allowed 0.1 to 0.9"]
    assert recorded == results
