"""Progress of long work, on standard error: a moving line in a terminal, plain lines elsewhere; warnings when quiet."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from decantry.jobs.process.secrets import redacted
from decantry.jobs.process.terminal import harmless

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
    from rich.console import Console

TICK_SECONDS = 0.5


class Progress:
    """Shows what a command is doing, and how many of Spark's tasks are done."""

    def __init__(self, quiet: bool = False) -> None:
        """With `quiet`, only warnings are shown."""
        self._console: Console | None = None
        self._started = time.monotonic()
        self._doing = ""
        if not quiet:
            from rich.console import Console

            self._console = Console(stderr=True, highlight=False)

    def tell(self, line: str) -> None:
        """Show what is being done now. The work goes on even if the output is closed."""
        if self._console is None:
            return
        from rich.markup import escape

        self._doing = line = escape(harmless(redacted(line)))
        try:
            self._console.print(f"[dim]{time.monotonic() - self._started:6.1f} s[/dim]  {line}", soft_wrap=True)
        except (OSError, SystemExit):  # the output is closed, and rich would end the process
            self._console = None

    def warn(self, line: str) -> None:
        """Show a warning, also with `quiet`."""
        if self._console is not None:
            self.tell(line)
            return
        with suppress(OSError):
            print(harmless(redacted(line)), file=sys.stderr)

    @contextmanager
    def watching(self, spark: SparkSession) -> Iterator[None]:
        """While the block runs, show in a terminal how many of Spark's tasks are done."""
        if self._console is None or not self._console.is_terminal:
            yield
            return
        over = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(spark, over), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join(timeout=2)

    def _watch(self, spark: SparkSession, over: threading.Event) -> None:
        assert self._console is not None
        tracker = spark.sparkContext.statusTracker()
        with self._console.status("") as status:
            while not over.wait(TICK_SECONDS):
                stages = [info for i in tracker.getActiveStageIds() if (info := tracker.getStageInfo(i))]
                done, total = sum(s.numCompletedTasks for s in stages), sum(s.numTasks for s in stages)
                status.update(f"{self._doing}: {done} of {total} tasks" if total else self._doing)
