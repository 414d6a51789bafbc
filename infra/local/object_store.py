"""A real S3 server on this machine: S3Proxy in memory, its jars fetched once by name into the cache.

`python -m infra.local.object_store FOLDER` serves the buckets `pages` and `lake` until interrupted. FOLDER has its
settings and its log. Objects are in memory and are lost at the end, because S3Proxy's stores on disk treat a folder as
an object, which Hadoop's client does not support.
"""

from __future__ import annotations

import hashlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.home import home
from decantry.jobs.process.java import java_command
from decantry.jobs.setup import ivy
from infra.local.ordered_writes import ordered_writes

HERE = Path(__file__).resolve().parent
IDENTITY, CREDENTIAL = "local-identity", "local-credential"
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class ObjectStore:
    """A running server, by its address."""

    endpoint: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables with which clients on this machine find the server."""
        return client_environment(self.endpoint)

    def client(self) -> Any:
        """A boto3 client for the server."""
        import boto3

        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=IDENTITY,
            aws_secret_access_key=CREDENTIAL,
            region_name="us-east-1",
        )


def client_environment(endpoint: str) -> dict[str, str]:
    """AWS's standard environment variables for `endpoint` and the local credentials."""
    return {
        "AWS_ENDPOINT_URL_S3": endpoint,
        "AWS_ACCESS_KEY_ID": IDENTITY,
        "AWS_SECRET_ACCESS_KEY": CREDENTIAL,
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


@contextmanager
def object_store(folder: Path, *buckets: str) -> Iterator[ObjectStore]:
    """S3Proxy with `buckets`, on a free loopback port, with settings and log in `folder`. Stopped at the end.

    Clients reach it through a proxy that orders the writes of each key (see ordered_writes.py).
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    endpoint = f"http://127.0.0.1:{port}"
    settings = folder / "s3proxy.conf"
    settings.write_text(
        f"s3proxy.endpoint={endpoint}\ns3proxy.authorization=aws-v2-or-v4\n"
        f"s3proxy.identity={IDENTITY}\ns3proxy.credential={CREDENTIAL}\n"
        # newer clients send checksums in headers that the server does not know
        "s3proxy.ignore-unknown-headers=true\n"
        "jclouds.provider=transient\njclouds.identity=local\njclouds.credential=local\n"
    )
    java = [java_command(), "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    command = [*java, "-cp", f"{jars()}/*", "org.gaul.s3proxy.Main", "--properties", str(settings)]
    with (folder / "s3proxy.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(endpoint, server)
        with ordered_writes(endpoint) as address:
            store = ObjectStore(address)
            for bucket in buckets:
                store.client().create_bucket(Bucket=bucket)
            yield store
    finally:
        server.kill()
        server.wait()


def jars() -> Path:
    """The folder of the server's jars, which Ivy fetches if they are missing."""
    descriptor, pins = HERE / "s3proxy.ivy.xml", HERE / "s3proxy.sha256"
    target = home() / "s3proxy" / hashlib.sha256(descriptor.read_bytes()).hexdigest()[:12]
    if ivy.wrong(target, pins):
        ivy.resolve(descriptor, pins, target)
    return target


def free_port() -> int:
    """A free loopback port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(endpoint: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(f"{endpoint}/healthz", timeout=5):
                return
        except OSError as error:
            if getattr(error, "code", None):  # any answer will do
                return
            time.sleep(0.1)
    raise InfrastructureError(f"the S3 server at {endpoint} did not start: see s3proxy.log")


def main() -> None:
    """Run the server with the folder from the command line."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))  # so that the server is stopped on exit
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("local-s3")
    with object_store(folder.absolute(), "pages", "lake") as store:
        for name, value in store.environment.items():
            print(f"export {name}={value}")
        sys.stdout.flush()
        try:
            signal.pause()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
