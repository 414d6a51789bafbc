"""Ctrl-C, wherever the work is just then: in Python, in a call to Java, or while Java starts."""

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
"""What Python calls as it drops an object, ours and py4j's: an exception there is printed, and is gone."""
_AGAIN_SECONDS, _PUT_OFF = 0.05, 20
_QUIET_SECONDS = 10
_LOGGERS = ("", "py4j.clientserver", "py4j.java_gateway")
"""Where py4j logs, with their traces, the calls that were interrupted."""


@contextmanager
def held_back() -> Iterator[None]:
    """Within, Ctrl-C waits until the end; a second one does not. Raises KeyboardInterrupt at the end where one came.

    A handler that is set within stays. Does nothing outside of the main thread, which alone hears of signals.
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


def heed(context: SparkContext) -> None:
    """From now on, Ctrl-C cancels the context's jobs and raises KeyboardInterrupt, quietly.

    The handler that Spark sets calls Java from within the call to Java which it interrupts: both fail, the interrupt is
    lost, and the answer of a commit with it. This one calls from a thread of its own.
    """
    if current_thread() is not main_thread():
        return
    put_off = 0
    quiet_until = 0.0

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal put_off, quiet_until
        quiet_until = time.monotonic() + _QUIET_SECONDS
        Thread(target=cancel, daemon=True).start()
        if put_off < _PUT_OFF and _is_swallowed(frame):
            put_off += 1
            again = Timer(_AGAIN_SECONDS, signal.pthread_kill, [main_thread().ident, signal.SIGINT])
            again.daemon = True
            again.start()
            return
        put_off = 0
        signal.default_int_handler(number, frame)

    def cancel() -> None:
        with suppress(Exception):  # Java may be gone first, and its jobs with it
            context.cancelAllJobs()

    def is_of_no_call(record: logging.LogRecord) -> bool:
        return record.levelno > logging.ERROR or time.monotonic() > quiet_until

    for name in _LOGGERS:
        logging.getLogger(name).addFilter(is_of_no_call)
    signal.signal(signal.SIGINT, interrupt)


def _is_swallowed(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_name in _SWALLOWS:
            return True
        frame = frame.f_back
    return False
