"""A process beside the driver: it answers, says what failed, and is missed when it is gone."""

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


def test_it_gives_way_to_the_driver(aside: BackgroundProcess) -> None:
    assert aside.call("niceness") == os.nice(0) + NICENESS


def test_what_a_function_raises_is_told_and_the_process_goes_on(aside: BackgroundProcess) -> None:
    with pytest.raises(CallFailed, match="ValueError: it is broken"):
        aside.call("fail")
    assert len(aside.call("loaded")) == 1


def test_a_process_that_has_gone_is_told_at_once_and_afterwards(aside: BackgroundProcess) -> None:
    for _ in range(2):
        with pytest.raises(ProcessEnded, match="has ended early"):
            aside.call("leave")


def test_a_module_that_cannot_be_loaded_is_told() -> None:
    missing = BackgroundProcess("tests.jobs.no_such_room")
    with pytest.raises(CallFailed, match=r"ModuleNotFoundError: No module named .tests\.jobs\.no_such_room"):
        missing.call("loaded")
    missing.end()
