"""A background process: it answers calls, reports errors, and its end is noticed."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from decantry.jobs.process.background import NICENESS, BackgroundProcess, CallFailed, ProcessEnded


@pytest.fixture
def aside() -> Iterator[BackgroundProcess]:
    process = BackgroundProcess("tests.jobs.process.background_functions")
    yield process
    process.end()


def test_calls_are_answered_by_one_process_that_has_loaded_once(aside: BackgroundProcess) -> None:
    (process,) = aside.call("loaded")
    assert process != os.getpid()
    assert aside.call("loaded") == [process]


def test_it_has_a_lower_priority_than_the_driver(aside: BackgroundProcess) -> None:
    assert aside.call("niceness") == min(os.nice(0) + NICENESS, 19)  # 19 is the highest


def test_an_error_of_a_function_is_reported_and_the_process_continues(aside: BackgroundProcess) -> None:
    with pytest.raises(CallFailed, match="ValueError: it is broken"):
        aside.call("fail")
    assert len(aside.call("loaded")) == 1


def test_a_process_that_has_ended_is_reported_at_once_and_later(aside: BackgroundProcess) -> None:
    for _ in range(2):
        with pytest.raises(ProcessEnded, match="has ended early"):
            aside.call("leave")


def test_a_module_that_cannot_be_loaded_is_reported() -> None:
    missing = BackgroundProcess("tests.jobs.no_such_room")
    with pytest.raises(CallFailed, match=r"ModuleNotFoundError: No module named .tests\.jobs\.no_such_room"):
        missing.call("loaded")
    missing.end()
