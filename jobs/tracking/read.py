"""Reads tracked runs from MLflow. A failure never makes a command fail."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.process.aside import Failed, Gone
from decantry.jobs.process.secrets import redacted
from decantry.jobs.tracking.tracker import IMPORT_SECONDS, process, start

if TYPE_CHECKING:
    from decantry.jobs.process.aside import Aside
    from decantry.jobs.tracking.place import Place

SQLITE = "sqlite:///"


class Tracked:
    """The runs in MLflow. If they cannot be read there are none, and one line says why."""

    def __init__(self, where: Place | None, say: Callable[[str], None]) -> None:
        """Start to import MLflow in a separate process. Without a store, nothing is read."""
        if where is not None and where.uri.startswith(SQLITE) and not Path(where.uri.removeprefix(SQLITE)).is_file():
            where = None
        self._where, self._say = where, say
        self._aside: Aside | None = None
        if where is not None:
            self._aside = start()

    def runs(self) -> list[dict[str, Any]]:
        """The newest runs of jobs: `name`, `run_id` (Decantry's) and `metrics`."""
        found: list[dict[str, Any]] = self._asked("runs") or []
        return found

    def keep(self, run_id: str, file: Path) -> None:
        """Log the file with the run that published as `run_id`, if that run is tracked."""
        self._asked("keep", run_id, str(file))

    def _asked(self, function: str, *arguments: Any) -> Any:
        if self._where is None or self._aside is None:
            return None
        answers = ThreadPoolExecutor(1)
        asked = answers.submit(self._aside.call, function, self._where, *arguments)
        try:
            return asked.result(IMPORT_SECONDS)
        except TooLong:
            self._give_up(f"it took more than {IMPORT_SECONDS:.0f} s")
        except (Gone, Failed) as error:
            self._give_up((str(error).splitlines() or [type(error).__name__])[0])
        finally:
            answers.shutdown(wait=False)

    def _give_up(self, why: str) -> None:
        """Ask nothing more, and say why."""
        if self._aside is not None:
            process.cache_clear()
            self._aside.end()
            self._aside = None
        self._say(f"tracked runs are left out: {redacted(why)[:200]}")
