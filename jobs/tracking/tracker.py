"""A tracker that a job tells things to; a thread of its own passes them on, so that no job waits or fails for it."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from decantry.jobs.importing import IMPORTING
from decantry.jobs.tracking.place import EXPERIMENT, Place, prepare

PATIENCE_SECONDS = 10.0
"""How long the end of a command waits for what is left to be passed on."""

Event = Callable[[Any], object]


class Tracker:
    """Runs in MLflow: one for the command, one nested for each job; a failure is one warning, then silence."""

    def __init__(self, where: Place | None, command: str, say: Callable[[str], None]) -> None:
        """Track `command` at `where`; None tracks nothing. `say` hears of what goes wrong."""
        self._where, self._command, self._say = where, command, say
        self._events: queue.Queue[Event | None] = queue.Queue()
        self._runs: dict[str, str] = {}
        self._job: str | None = None
        self._thread: threading.Thread | None = None
        if where is None:
            say("tracking is off: set MLFLOW_TRACKING_URI to track runs of a lake that is not a local folder")

    def __enter__(self) -> Tracker:
        """Open the command's run."""
        if self._where is not None:
            os.environ.setdefault("MLFLOW_HTTP_REQUEST_TIMEOUT", "10")
            os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2")
            os.environ["MLFLOW_ALLOW_PICKLE_DESERIALIZATION"] = "false"
            self._thread = threading.Thread(target=self._pass_on, daemon=True)
            self._thread.start()
            self._open(self._command, None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Close the command's run, failed where the block raised, and wait a little for the rest to be passed on."""
        if self._thread is None:
            return
        self._close(self._command, kind)
        self._events.put(None)
        self._thread.join(timeout=PATIENCE_SECONDS)
        if self._thread.is_alive():
            self._say(f"tracking is slow and was left behind after {PATIENCE_SECONDS:.0f} s")

    @contextmanager
    def job(self, name: str) -> Iterator[None]:
        """A run nested in the command's; what is told in the block belongs to it."""
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
        from decantry.jobs.tracking.secrets import redacted

        safe = {name: redacted(str(value))[:500] for name, value in values.items()}

        def log(client: Any, run: str) -> None:
            from mlflow.entities import Param

            client.log_batch(run, params=[Param(name, value) for name, value in safe.items()])

        self._tell(log)

    def metrics(self, values: Mapping[str, float]) -> None:
        """Log figures."""
        known = {_named(name): float(value) for name, value in values.items()}
        now = int(time.time() * 1000)

        def log(client: Any, run: str) -> None:
            from mlflow.entities import Metric

            client.log_batch(run, metrics=[Metric(name, value, now, 0) for name, value in known.items()])

        self._tell(log)

    def text(self, content: str, file: str) -> None:
        """Log an artifact."""
        from decantry.jobs.tracking.secrets import redacted

        safe = redacted(content)
        self._tell(lambda client, run: client.log_text(run, safe, file))

    def table(self, columns: Mapping[str, list[Any]], file: str) -> None:
        """Log a table, as JSON that MLflow shows."""
        self._tell(lambda client, run: client.log_table(run, dict(columns), file))

    def dataset(self, path: str, name: str, version: int | None, context: str) -> None:
        """Log a Delta table, at its version, as a dataset that the run read or wrote."""

        def log(client: Any, run: str) -> None:
            import json

            from mlflow.entities import Dataset, DatasetInput, InputTag

            source = json.dumps({"path": path, "delta_table_version": version})
            entity = Dataset(name=name, digest=f"v{version}", source_type="delta_dataset_source", source=source)
            client.log_inputs(run, [DatasetInput(entity, [InputTag("mlflow.data.context", context)])])

        self._tell(log)

    def _tell(self, act: Callable[[Any, str], object]) -> None:
        run = self._job or self._command
        self._put(lambda client: act(client, self._runs[run]))

    def _open(self, name: str, parent: str | None) -> None:
        now = int(time.time() * 1000)

        def create(client: Any) -> None:
            tags = {"mlflow.parentRunId": self._runs[parent]} if parent else {}
            run = client.create_run(self._experiment(client), start_time=now, run_name=name, tags=tags)
            self._runs[name] = run.info.run_id

        self._put(create)

    def _close(self, name: str, failed: type[BaseException] | None) -> None:
        status = "FINISHED" if failed is None else "KILLED" if failed is KeyboardInterrupt else "FAILED"
        now = int(time.time() * 1000)
        self._put(lambda client: client.set_terminated(self._runs[name], status=status, end_time=now))

    def _put(self, event: Event) -> None:
        if self._thread is not None:
            self._events.put(event)

    def _experiment(self, client: Any) -> str:
        assert self._where is not None
        found = client.get_experiment_by_name(EXPERIMENT)
        if found is not None:
            return str(found.experiment_id)
        return str(client.create_experiment(EXPERIMENT, artifact_location=self._where.artifacts))

    def _pass_on(self) -> None:
        """The thread: pass events on in order until the last; the first failure is told and ends it."""
        assert self._where is not None
        try:
            with IMPORTING, warnings.catch_warnings():
                warnings.simplefilter("ignore")
                from mlflow.tracking import MlflowClient
            logging.getLogger("mlflow").setLevel(logging.ERROR)
            logging.getLogger("alembic").setLevel(logging.ERROR)
            prepare(self._where)
            client = MlflowClient(tracking_uri=self._where.uri)
            while (event := self._events.get()) is not None:
                with IMPORTING:
                    event(client)
        except Exception as error:
            from decantry.jobs.tracking.secrets import redacted

            told = redacted((str(error).splitlines() or [type(error).__name__])[0])[:200]
            self._say(f"tracking failed and is off for this run: {told}")


def _named(name: str) -> str:
    """A name that MLflow takes for a metric."""
    return "".join(char if char.isalnum() or char in "_-./ " else "_" for char in name)
