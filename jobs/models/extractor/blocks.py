"""Computes the blocks of pages and their features with the same code as the extractor."""

from __future__ import annotations

import base64
import json
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from decantry.jobs.lake.jars import native_jar
from decantry.jobs.models.extractor.pages import TrainingPage
from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.java import java_command
from decantry.jobs.setup.ivy import pyspark_jars

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAIN = "org.decantry.page.DumpFeatures"
"""The main class of that code. It reads lines with `url` and `html` in base64. It writes a line with the names of the
features, and then for each page a line of `blocks`, each with `text` and `features`."""


@dataclass(frozen=True)
class Blocks:
    """The texts of a page's blocks, and their features, one row for each block."""

    texts: list[str]
    features: NDArray[np.float32]


def command() -> list[str]:
    """The command that computes the blocks of pages."""
    return [java_command(), "-Xmx1g", "-cp", f"{native_jar()}:{pyspark_jars()}/*", MAIN]


class Measured:
    """Pages with their blocks, in order. `names` are the names of the features, known after the first page."""

    def __init__(self, pages: Iterable[TrainingPage], run: Sequence[str]) -> None:
        """`run` is a command with the same input and output as MAIN."""
        self._pages, self._run = pages, run
        self._sent: deque[TrainingPage] = deque()
        self._failure: BaseException | None = None
        self.names: list[str] = []

    def __iter__(self) -> Iterator[tuple[TrainingPage, Blocks]]:
        """Each page and its blocks. Raises InfrastructureError if the command fails, and what reading pages raises."""
        with (
            tempfile.TemporaryFile() as errors,
            subprocess.Popen(self._run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors) as process,
        ):
            try:
                feeder = threading.Thread(target=self._feed, args=(process.stdin,), daemon=True)
                feeder.start()
                assert process.stdout is not None
                for line in process.stdout:
                    row = json.loads(line)
                    if not self.names:
                        self.names = row["features"]
                    else:
                        yield self._sent.popleft(), _blocks(row["blocks"], len(self.names))
                feeder.join()
                if self._failure is not None:
                    raise self._failure
                if process.wait() or self._sent:
                    errors.seek(0)
                    last = (errors.read().decode(errors="replace").strip().splitlines() or ["it says nothing"])[0]
                    raise InfrastructureError(f"{MAIN} failed: {last[:300]}")
            finally:
                process.kill()

    def _feed(self, to: Any) -> None:
        try:
            for page in self._pages:
                html = base64.b64encode(page.html.encode("utf-8", "replace")).decode()
                self._sent.append(page)
                to.write(json.dumps({"url": page.url, "html": html}).encode() + b"\n")
            to.close()
        except BrokenPipeError:
            return  # the command has ended; its exit code is checked later
        except BaseException as error:
            self._failure = error
            to.close()


def _blocks(rows: list[dict[str, Any]], width: int) -> Blocks:
    import numpy as np

    features = np.array([row["features"] for row in rows], np.float32).reshape(len(rows), width)
    return Blocks([row["text"] for row in rows], features)
