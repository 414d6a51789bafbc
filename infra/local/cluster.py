"""A Spark standalone cluster on this machine: a master and workers, each a separate process.

`python -m infra.local.cluster FOLDER` runs the FineWeb recipe over the embedded sample with two workers. It
submits the wheel with spark-submit, reads archives from an S3 server, and writes the lake to it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from decantry.jobs.lake.jars import runtime_jars
from decantry.jobs.lake.log_store import log_stores
from decantry.jobs.lake.session import EXTENSIONS
from decantry.jobs.process.errors import InfrastructureError
from infra.local.object_store import free_port, object_store

ENTRY_POINT = Path(__file__).resolve().parents[1] / "emr" / "main.py"
PATIENCE_SECONDS = 120.0
WORKER_MEMORY, EXECUTOR_MEMORY = "1g", "768m"


class Cluster:
    """A running master and its workers. Logs and the workers' folders are in `folder`."""

    def __init__(self, folder: Path, site: Path, environment: Mapping[str, str]) -> None:
        """Start the master. `site` has the unpacked wheel, `environment` the variables of every process."""
        self.folder, self.site = folder, site
        self._environment = {
            **os.environ,
            **environment,
            "PYTHONPATH": str(site),
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_DRIVER_PYTHON": sys.executable,
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_LOCAL_IP": "127.0.0.1",
        }
        for name in ("SPARK_ENV_LOADED", "DECANTRY_MASTER"):
            self._environment.pop(name, None)
        port = free_port()
        self.master = f"spark://127.0.0.1:{port}"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        place = ["--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]
        self._start("master", "org.apache.spark.deploy.master.Master", place)
        self._await("master", "New state: ALIVE")

    def add_worker(self) -> subprocess.Popen[bytes]:
        """Start a worker of one core and wait until the master knows it."""
        name = f"worker-{len(self.workers)}"
        place = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0", "--cores", "1", "--memory", WORKER_MEMORY]
        place += ["--work-dir", str(self.folder / name), self.master]
        empty = {"DECANTRY_HOME": str(self.folder / f"{name}-home")}  # a worker needs no set-up
        worker = self._start(name, "org.apache.spark.deploy.worker.Worker", place, empty)
        self.workers.append(worker)
        return worker

    def await_workers(self) -> None:
        """Wait until the master knows every worker."""
        for number in range(len(self.workers)):
            self._await(f"worker-{number}", "Successfully registered with master")

    def submit(self, command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
        """Run `decantry COMMAND...` with spark-submit. Its output goes to `log`."""
        package = self.site / "decantry"
        native = package / "udfs" / "jars" / "decantry-native_2.13.jar"
        jars = f"{runtime_jars()}/*{os.pathsep}{native}"
        settings = {
            "spark.driver.extraClassPath": jars,
            "spark.executor.extraClassPath": jars,
            "spark.sql.extensions": EXTENSIONS,
            "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
            **log_stores({}),
            "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={package / 'jobs' / 'log4j2.properties'}",
            "spark.driver.host": "127.0.0.1",
            "spark.executor.memory": EXECUTOR_MEMORY,
            "spark.executor.cores": "1",
            "spark.sql.shuffle.partitions": "2",
            "spark.default.parallelism": "2",
            "spark.databricks.delta.snapshotPartitions": "2",
            "spark.sql.sources.parallelPartitionDiscovery.parallelism": "4",
            "spark.sql.warehouse.dir": str(self.folder / "warehouse"),
            "spark.ui.enabled": "false",
            # do not wait for a machine that is gone
            "spark.shuffle.io.maxRetries": "1",
            "spark.shuffle.io.retryWait": "1s",
        }
        line = [_spark("spark-submit"), "--master", self.master, "--driver-memory", "1g"]
        for name, value in settings.items():
            line += ["--conf", f"{name}={value}"]
        with log.open("wb") as stream:
            return subprocess.Popen(
                [*line, str(ENTRY_POINT), *command], env=self._environment, stdout=stream, stderr=subprocess.STDOUT
            )

    def stop(self) -> None:
        """Kill all processes that were started."""
        for process in reversed(self._processes):
            process.kill()
        for process in self._processes:
            process.wait()

    def _start(
        self, name: str, main: str, arguments: Sequence[str], own: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        command = [_spark("spark-class"), main, *arguments]
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command, env={**self._environment, **(own or {})}, stdout=log, stderr=subprocess.STDOUT
            )
        self._processes.append(process)
        return process

    def _await(self, name: str, said: str) -> None:
        log = self.folder / f"{name}.log"
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            if said in log.read_text(encoding="utf-8", errors="replace"):
                return
            time.sleep(0.1)
        raise InfrastructureError(f"the {name} did not start: see {log}")


@contextmanager
def cluster(folder: Path, site: Path, environment: Mapping[str, str], workers: int = 2) -> Iterator[Cluster]:
    """A cluster with this many workers, stopped at the end."""
    started = Cluster(folder, site, environment)
    try:
        for _ in range(workers):
            started.add_worker()
        started.await_workers()
        yield started
    finally:
        started.stop()


def unpack(wheel: Path, site: Path) -> Path:
    """Unpack the wheel's packages into the folder `site`, as an installation does."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def _spark(script: str) -> str:
    import pyspark

    return str(Path(pyspark.__file__).parent / "bin" / script)


def main() -> None:
    """Run the recipe over the sample on a cluster, and query the result."""
    from decantry.jobs.sample import build

    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))  # so that all processes are stopped on exit
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/cluster").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    wheel = next(Path("dist").glob("decantry-*.whl"))
    site = unpack(wheel, folder / "site")
    with object_store(folder, "pages", "lake") as store:
        for archive in build(folder / "sample"):
            store.client().upload_file(str(archive), "pages", f"sample/{archive.name}")
        with cluster(folder, site, store.environment) as started:
            print(f"{started.master} has {len(started.workers)} workers; the S3 server is at {store.endpoint}")
            commands = (
                ["run", "fineweb", "--input", "s3://pages/sample/", "--lake", "s3a://lake/lake"],
                [
                    "sql",
                    "select removed_by, count(*) n from verdicts group by 1 order by n desc, 1",
                    "--lake",
                    "s3a://lake/lake",
                ],
            )
            for command in commands:
                print(f"spark-submit ... {' '.join(command)}", flush=True)
                log = folder / f"{command[0]}.log"
                code = started.submit(command, log).wait()
                print(log.read_text(encoding="utf-8", errors="replace"))
                if code:
                    sys.exit(code)


if __name__ == "__main__":
    main()
