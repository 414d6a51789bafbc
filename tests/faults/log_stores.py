"""Drivers without Spark: Java processes, each with a Delta log store, that write on request."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Barrier
from typing import Any
from unittest.mock import patch

from py4j import protocol
from py4j.java_gateway import GatewayParameters, JavaGateway, launch_gateway
from py4j.protocol import Py4JJavaError

from decantry.jobs.lake.jars import class_path
from decantry.jobs.process.java import java_command
from decantry.jobs.setup.ivy import pyspark_jars
from infra.local.object_store import CREDENTIAL, IDENTITY

OURS = "org.decantry.lake.LakeLogStore"
EXISTS = "java.nio.file.FileAlreadyExistsException"


class Driver:
    """A log store in a separate process."""

    def __init__(self, gateway: JavaGateway, settings: Mapping[str, str], name: str) -> None:
        self._java: Any = gateway.jvm
        self._conf = self._java.org.apache.hadoop.conf.Configuration()
        for key, value in settings.items():
            self._conf.set(key, value)
        self._store = getattr(self._java, name)(self._conf)

    def write(self, path: str, *lines: str, overwrite: bool = False) -> None:
        """Write the file. Raises Refused with the class and message of the log store's error."""
        given = self._java.java.util.ArrayList()
        for line in lines:
            given.add(line)
        try:
            self._store.write(self._java.org.apache.hadoop.fs.Path(path), given.iterator(), overwrite, self._conf)
        except Py4JJavaError as error:
            thrown = error.java_exception
            raise Refused(thrown.getClass().getName(), str(thrown.getMessage())) from None

    def read(self, path: str) -> list[str]:
        """The file's lines."""
        lines = self._store.read(self._java.org.apache.hadoop.fs.Path(path), self._conf)
        try:
            return [lines.next() for _ in iter(lines.hasNext, False)]
        finally:
            lines.close()

    def names(self, path: str) -> list[str]:
        """The file names from this path on."""
        found = self._store.listFrom(self._java.org.apache.hadoop.fs.Path(path), self._conf)
        return [found.next().getPath().getName() for _ in iter(found.hasNext, False)]


class Refused(Exception):
    """An error that a log store threw."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind, self.message = kind, message


def errors_as_thrown() -> Any:
    """Disable pyspark's conversion of errors in a block: it asks its own JVM about errors of every gateway.

    Another JVM has other objects with the same ids, so the conversion fails in an arbitrary way.
    """
    return patch("py4j.java_gateway.get_return_value", protocol.get_return_value)


@contextmanager
def driver(
    settings: Mapping[str, str] | None = None, *, name: str = OURS, jars: Sequence[str] = ()
) -> Iterator[Driver]:
    """A Java process with such a log store and Hadoop's `settings`, ended at the end.

    `jars` takes the place of the class path that a session has.
    """
    with errors_as_thrown(), _process(settings or {}, name, jars) as made:
        yield made


@contextmanager
def _process(settings: Mapping[str, str], name: str, jars: Sequence[str] = ()) -> Iterator[Driver]:
    paths = jars or [*class_path(), f"{pyspark_jars()}/*"]
    port = launch_gateway(
        classpath=":".join(paths),
        java_path=java_command(),
        javaopts=["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"],
        redirect_stdout=subprocess.DEVNULL,
        redirect_stderr=subprocess.DEVNULL,
        die_on_exit=True,
    )
    gateway = JavaGateway(gateway_parameters=GatewayParameters(port=port))
    try:
        yield Driver(gateway, settings, name)
    finally:
        gateway.shutdown()


@contextmanager
def drivers(count: int, settings: Mapping[str, str] | None = None, *, name: str = OURS) -> Iterator[list[Driver]]:
    """`count` processes that start at the same time."""
    with errors_as_thrown(), ExitStack() as stack, ThreadPoolExecutor(count) as pool:
        yield list(pool.map(lambda _: stack.enter_context(_process(settings or {}, name)), range(count)))


def race(racing: Sequence[Driver], log: str, versions: int) -> list[list[int]]:
    """Let all drivers write each version of the log at the same time. Returns the versions that each driver wrote.

    A version's text is the number of its writer. Raises Refused if a driver gets an error other than that the version
    exists.
    """
    together = Barrier(len(racing))

    def write_all(me: int) -> list[int]:
        won = []
        for version in range(versions):
            together.wait()
            try:
                racing[me].write(f"{log}/{version:020}.json", str(me))
                won.append(version)
            except Refused as refused:
                if refused.kind != EXISTS:
                    together.abort()
                    raise
            except BaseException:
                together.abort()  # or the others wait for ever
                raise
        return won

    with ThreadPoolExecutor(len(racing)) as pool:
        return list(pool.map(write_all, range(len(racing))))


def s3a(endpoint: str) -> dict[str, str]:
    """Hadoop's settings for a store on this machine, with short timeouts."""
    return {
        "fs.s3a.endpoint": endpoint,
        "fs.s3a.endpoint.region": "us-east-1",
        "fs.s3a.path.style.access": "true",
        "fs.s3a.connection.ssl.enabled": "false",
        "fs.s3a.access.key": IDENTITY,
        "fs.s3a.secret.key": CREDENTIAL,
        "fs.s3a.aws.credentials.provider": "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
        "fs.s3a.attempts.maximum": "1",
        "fs.s3a.retry.limit": "2",
        "fs.s3a.retry.interval": "10ms",
        "fs.s3a.retry.throttle.limit": "2",
        "fs.s3a.retry.throttle.interval": "10ms",
    }
