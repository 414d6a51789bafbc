"""Reads tracked runs from MLflow. A failure here never fails a command."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.process.background import CallFailed, ProcessEnded
from decantry.jobs.process.secrets import redacted
from decantry.jobs.tracking.tracker import IMPORT_SECONDS, end_mlflow_process, mlflow_process

if TYPE_CHECKING:
    from decantry.jobs.process.background import BackgroundProcess
    from decantry.jobs.tracking.store import TrackingStore

SQLITE = "sqlite:///"


class Tracked:
    """The runs in MLflow. If they cannot be read, the lists are empty and one line says why."""

    def __init__(self, store: TrackingStore | None, say: Callable[[str], None]) -> None:
        """Start importing MLflow in a separate process. If there is no store, nothing is read."""
        if store is not None and store.uri.startswith(SQLITE) and not Path(store.uri.removeprefix(SQLITE)).is_file():
            store = None
        self._store, self._say = store, say
        self._process: BackgroundProcess | None = None
        if store is not None:
            self._process = mlflow_process()

    def runs(self) -> list[dict[str, Any]]:
        """The newest runs of jobs: `name`, `run_id` (Decantry's) and `metrics`."""
        found: list[dict[str, Any]] = self._asked("runs") or []
        return found

    def keep(self, run_id: str, file: Path) -> None:
        """Log the file with the run that published as `run_id`, if that run is tracked."""
        self._asked("keep", run_id, str(file))

    def _asked(self, function: str, *arguments: Any) -> Any:
        if self._store is None or self._process is None:
            return None
        answers = ThreadPoolExecutor(1)
        asked = answers.submit(self._process.call, function, self._store, *arguments)
        try:
            return asked.result(IMPORT_SECONDS)
        except TooLong:
            self._give_up(f"it took more than {IMPORT_SECONDS:.0f} s")
        except (ProcessEnded, CallFailed) as error:
            self._give_up((str(error).splitlines() or [type(error).__name__])[0])
        finally:
            answers.shutdown(wait=False)

    def _give_up(self, why: str) -> None:
        """Ask nothing more, and say why."""
        if self._process is not None:
            end_mlflow_process(self._process)
            self._process = None
        self._say(f"tracked runs are left out: {redacted(why)[:200]}")
