"""Handling Ctrl-C in Python code, in calls to Java, and while Java starts."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread, Timer, current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark import SparkContext

_SWALLOWS = ("__del__", "_garbage_collect_object", "_garbage_collect_connection")
"""Our finalizers and those of py4j. Python prints an exception that a finalizer raises, and then ignores it."""
_AGAIN_SECONDS, _MOST_DELAYS = 0.05, 20
_QUIET_SECONDS = 10
_LOGGERS = ("", "py4j.clientserver", "py4j.java_gateway")
"""The loggers to which py4j writes interrupted calls, with stack traces."""


@contextmanager
def delayed_ctrl_c() -> Iterator[None]:
    """Delay Ctrl-C to the end of the block; a second Ctrl-C is not delayed. Raises KeyboardInterrupt at the end.

    If the block sets a handler, that handler stays. Outside the main thread, which receives all signals, this does
    nothing.
    """
    before = signal.getsignal(signal.SIGINT)
    if current_thread() is not main_thread() or not callable(before):
        yield
        return
    came = False

    def remember(number: int, frame: FrameType | None) -> None:
        nonlocal came
        if came:
            signal.default_int_handler(number, frame)
        came = True

    signal.signal(signal.SIGINT, remember)
    try:
        yield
    except Exception:
        if came:
            raise KeyboardInterrupt from None
        raise
    finally:
        if signal.getsignal(signal.SIGINT) is remember:
            signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


def handle_ctrl_c(context: SparkContext) -> None:
    """Make Ctrl-C cancel the context's jobs and raise KeyboardInterrupt without output.

    Spark's own handler calls Java from inside the call to Java that it interrupts. Both calls fail. The interrupt and
    the answer of a commit may then be lost. This handler calls Java from another thread.
    """
    if current_thread() is not main_thread():
        return
    delays = 0
    quiet_until = 0.0

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal delays, quiet_until
        quiet_until = time.monotonic() + _QUIET_SECONDS
        Thread(target=cancel, daemon=True).start()
        if delays < _MOST_DELAYS and _is_swallowed(frame):
            delays += 1
            again = Timer(_AGAIN_SECONDS, signal.pthread_kill, [main_thread().ident, signal.SIGINT])
            again.daemon = True
            again.start()
            return
        delays = 0
        signal.default_int_handler(number, frame)

    def cancel() -> None:
        with suppress(Exception):  # Java may have ended already, with its jobs
            context.cancelAllJobs()

    def is_unrelated(record: logging.LogRecord) -> bool:
        return record.levelno > logging.ERROR or time.monotonic() > quiet_until

    for name in _LOGGERS:
        logging.getLogger(name).addFilter(is_unrelated)
    signal.signal(signal.SIGINT, interrupt)


def _is_swallowed(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_name in _SWALLOWS:
            return True
        frame = frame.f_back
    return False
