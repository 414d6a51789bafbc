"""A tracker for jobs. A separate thread passes events on to MLflow, so no job waits or fails because of it."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from decantry.jobs.process.background import BackgroundProcess, CallFailed, ProcessEnded
from decantry.jobs.process.secrets import redacted

if TYPE_CHECKING:
    from decantry.jobs.tracking.store import TrackingStore

PATIENCE_SECONDS = 20.0
"""How many seconds the end of a command waits for one event after another, once MLflow has been imported."""
IMPORT_SECONDS = 120.0
"""How many seconds it waits for that import."""
LONGEST_SECONDS = 180.0
"""How many seconds it waits in all, for the import and for all events."""
CLIENT = "decantry.jobs.tracking.client"
"""The module whose functions pass events on, in a separate process."""

Event = tuple[str, tuple[Any, ...]]
"""A function of CLIENT, and its arguments after the first one, which is the store."""
READ = ("MLFLOW_", "DATABRICKS_", "AWS_")
"""Prefixes of environment variables that MLflow reads."""


def mlflow_process() -> BackgroundProcess:
    """The process with MLflow. A later command in this process gets the same one if its environment is the same."""
    return _mlflow_process(tuple(sorted(item for item in os.environ.items() if item[0].startswith(READ))))


@lru_cache(maxsize=1)
def _mlflow_process(environment: tuple[tuple[str, str], ...]) -> BackgroundProcess:
    return BackgroundProcess(CLIENT)


def end_mlflow_process(process: BackgroundProcess) -> None:
    """End the process with MLflow. The next command starts another one."""
    _mlflow_process.cache_clear()
    process.end()


class Tracker:
    """Runs in MLflow: one for the command, and a nested one for each job. A failure prints one warning and no more."""

    def __init__(
        self,
        store: TrackingStore | None,
        command: str,
        say: Callable[[str], None],
        warn: Callable[[str], None] | None = None,
    ) -> None:
        """Track `command` in `store`; None tracks nothing, and `say` is called with a line about that.

        `warn` is called with a line about a failure; if it is None, `say` is.
        """
        self._store, self._command, self._warn = store, command, warn or say
        self._events: queue.Queue[Event | None] = queue.Queue()
        self._job: str | None = None
        self._thread: threading.Thread | None = None
        self._process: BackgroundProcess | None = None
        self._ready = threading.Event()
        if store is None:
            say("tracking is off: set MLFLOW_TRACKING_URI to track runs of a lake that is not a local folder")

    def __enter__(self) -> Tracker:
        """Open the command's run."""
        if self._store is not None:
            self._process = mlflow_process()
            self._thread = threading.Thread(target=self._pass_on, args=(self._store, self._process), daemon=True)
            self._thread.start()
            self._open(self._command, None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Close the command's run, as failed if the block raised. Waits for events while they are passed on, but for
        LONGEST_SECONDS at most.
        """
        if self._thread is None or self._process is None:
            return
        self._close(self._command, kind)
        self._events.put(None)
        try:
            end = time.monotonic() + LONGEST_SECONDS
            self._ready.wait(min(IMPORT_SECONDS, LONGEST_SECONDS))
            left = self._events.qsize() + 1
            while self._thread.is_alive() and self._events.qsize() < left and time.monotonic() < end:
                left = self._events.qsize()
                self._thread.join(timeout=max(0.0, min(PATIENCE_SECONDS, end - time.monotonic())))
            if self._thread.is_alive():
                late = time.monotonic() >= end
                waited = f"{LONGEST_SECONDS:.0f} s" if late else f"{PATIENCE_SECONDS:.0f} s without an answer"
                self._warn(f"tracking is slow and was given up after {waited}; the end of the run is missing in MLflow")
                self._warn = lambda line: None
        finally:
            if self._thread.is_alive():  # it waits for an answer that is no longer needed
                end_mlflow_process(self._process)

    @contextmanager
    def job(self, name: str) -> Iterator[None]:
        """A run nested in the command's. Events in the block belong to it."""
        self._open(name, self._command)
        self._job = name
        failed: type[BaseException] | None = None
        try:
            yield
        except BaseException as error:
            failed = type(error)
            raise
        finally:
            self._close(name, failed)
            self._job = None

    def params(self, values: Mapping[str, Any]) -> None:
        """Log parameters; their values are cut at 500 characters."""
        self._tell("params", {name: redacted(str(value))[:500] for name, value in values.items()})

    def metrics(self, values: Mapping[str, float]) -> None:
        """Log figures."""
        self._tell("metrics", {_named(name): float(value) for name, value in values.items()}, _now())

    def text(self, content: str, file: str) -> None:
        """Log an artifact."""
        self._tell("text", redacted(content), file)

    def table(self, columns: Mapping[str, list[Any]], file: str) -> None:
        """Log a table, as JSON that MLflow shows. Its texts are without secrets."""
        self._tell("table", {name: [_redacted(value) for value in values] for name, values in columns.items()}, file)

    def dataset(self, path: str, name: str, version: int | None, context: str) -> None:
        """Log a version of a Delta table as a dataset that the run read or wrote."""
        self._tell("dataset", path, name, version, context)

    def _tell(self, function: str, *arguments: Any) -> None:
        self._put(function, self._job or self._command, *arguments)

    def _open(self, name: str, parent: str | None) -> None:
        self._put("open_run", name, parent, _now())

    def _close(self, name: str, failed: type[BaseException] | None) -> None:
        status = "FINISHED" if failed is None else "KILLED" if failed is KeyboardInterrupt else "FAILED"
        self._put("close_run", name, status, _now())

    def _put(self, function: str, *arguments: Any) -> None:
        if self._thread is not None:
            self._events.put((function, arguments))

    def _pass_on(self, store: TrackingStore, process: BackgroundProcess) -> None:
        """The thread's main function: pass events on in order. The first failure is reported and ends it."""
        try:
            process.call("ready", store)
            self._ready.set()
            while (event := self._events.get()) is not None:
                function, arguments = event
                process.call(function, store, *arguments)
        except (ProcessEnded, CallFailed) as error:
            self._ready.set()
            end_mlflow_process(process)
            why = redacted((str(error).splitlines() or [type(error).__name__])[0])[:200]
            self._warn(f"tracking failed and is off for this run: {why}")


def _redacted(value: Any) -> Any:
    return redacted(value) if isinstance(value, str) else value


def _now() -> int:
    return int(time.time() * 1000)


def _named(name: str) -> str:
    """A name that MLflow accepts for a metric."""
    return "".join(char if char.isalnum() or char in "_-./ " else "_" for char in name)
