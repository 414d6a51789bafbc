"""A Python process in the background, for a library whose import takes seconds of processor time.

It has a low priority, so it works while the driver waits for Spark. It does not hold the driver's interpreter lock.
"""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import subprocess
import sys
from threading import Lock
from typing import IO, Any

NICENESS = 5
"""On a busy core, Spark gets three times as much time as the library."""


class ProcessEnded(Exception):
    """The process has ended without an answer."""


class CallFailed(Exception):
    """The function raised an error. The message is the error's type and text."""


class BackgroundProcess:
    """The process. It calls functions of one module, one at a time; the module's state lasts between calls."""

    def __init__(self, module: str) -> None:
        """Start the process; it calls the module's `load` at once."""
        self._turn = Lock()
        self._process: subprocess.Popen[bytes] = subprocess.Popen(
            [sys.executable, "-m", __name__, module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def call(self, function: str, *arguments: Any) -> Any:
        """The return value of the module's function.

        Raises CallFailed if the function raises an error, and ProcessEnded if the process has ended.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        with self._turn:
            try:
                pickle.dump((function, arguments), self._process.stdin)
                self._process.stdin.flush()
                good, value = pickle.load(self._process.stdout)
            except (OSError, EOFError, pickle.UnpicklingError, ValueError) as error:
                message = "a process for checks or tracking has ended early: run the same command again"
                raise ProcessEnded(message) from error
        if not good:
            raise CallFailed(value)
        return value

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()


def serve(module: str, calls: IO[bytes], answers: IO[bytes]) -> None:
    """The main function of the process: call the module's `load`, then answer calls until there are no more."""
    missing: str | None = None
    try:
        room = importlib.import_module(module)
        room.load()
    except Exception as error:
        missing = _described(error)
    while True:
        try:
            function, arguments = pickle.load(calls)
        except EOFError:
            return
        try:
            answer = (False, missing) if missing else (True, getattr(room, function)(*arguments))
        except Exception as error:
            answer = (False, _described(error))
        pickle.dump(answer, answers)
        answers.flush()


def _described(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver handles Ctrl-C; this process ends with the driver
    os.nice(NICENESS)
    answering = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # keeps a library's output out of the answers
    serve(sys.argv[1], sys.stdin.buffer, answering)
