"""Rows 12 and 13 of docs/reliability.md, fast: a store in this process that throttles, cuts connections and refuses."""

from __future__ import annotations

import random
from collections.abc import Iterator

import boto3
import pytest
from moto.server import ThreadedMotoServer

from decantry.jobs.sources.source import Source, inspect
from decantry.jobs.store import retries, s3_client
from decantry.jobs.store.errors import SourceError
from decantry.jobs.store.reply import Retryable
from infra.local.object_store import CREDENTIAL, IDENTITY, client_environment
from tests.faults.s3_trouble import TroubledStore, troubled

BYTES = random.Random(5).randbytes(300_000)
URI = "s3://pages/a.warc.gz"


@pytest.fixture(scope="module")
def proxy() -> Iterator[TroubledStore]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    keys = {"aws_access_key_id": IDENTITY, "aws_secret_access_key": CREDENTIAL, "region_name": "us-east-1"}
    client = boto3.client("s3", endpoint_url=f"http://{host}:{port}", **keys)
    client.create_bucket(Bucket="pages")
    client.put_object(Bucket="pages", Key="a.warc.gz", Body=BYTES)
    with troubled(f"http://{host}:{port}") as made:
        yield made
    server.stop()


@pytest.fixture
def store(proxy: TroubledStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[TroubledStore]:
    for name, value in client_environment(proxy.endpoint).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(retries, "LONGEST_WAIT", 0.02)
    proxy.arrange()
    s3_client.renew()
    yield proxy
    s3_client.renew()


@pytest.mark.parametrize(
    "troubles",
    [
        ["slowdown", "500", "cut"],
        ["reset 1000", "reset 0", "reset 200000"],
        ["short 50000", "whole 10", "short 0", "reset 5000", "shift 77"],
    ],
    ids=["refused", "reset", "short"],
)
def test_temporary_faults_change_nothing(store: TroubledStore, troubles: list[str]) -> None:
    source = inspect(Source(URI, URI))
    store.arrange(next_ones=list(troubles), only="^GET")
    with source.open() as stream:
        assert stream.read() == BYTES
    spans = [span for method, _, span in store.asked if method == "GET"]
    assert len(spans) == len(troubles) + 1
    if "slowdown" not in troubles:
        assert int(spans[-1].removeprefix("bytes=").split("-")[0]) >= 1000, "not from the start"


@pytest.mark.parametrize(
    ("trouble", "line"), [("slowdown", "the store answers SlowDown"), ("short 0", "ended at byte 0 of 300000")]
)
def test_permanent_faults_are_errors(
    store: TroubledStore, monkeypatch: pytest.MonkeyPatch, trouble: str, line: str
) -> None:
    monkeypatch.setattr(retries, "ATTEMPTS", 2)
    source = inspect(Source(URI, URI))
    store.arrange(always=trouble, only="^GET")
    with pytest.raises(SourceError, match=f"^{URI}: .*{line}.* \\(2 attempts\\)$"):
        source.open().read()
    assert len(store.asked) == 2


@pytest.mark.parametrize(
    ("trouble", "line"),
    [
        ("403", "it may not be read: check the credentials"),
        ("404", "there is no such object"),
        ("expired", "the credentials have expired: renew them"),
    ],
)
def test_refusals_are_reported_once_and_without_the_credential(store: TroubledStore, trouble: str, line: str) -> None:
    source = inspect(Source(URI, URI))
    store.arrange(always=trouble, only="^GET")
    with pytest.raises(SourceError) as told:
        source.open().read()
    assert str(told.value).startswith(f"{URI}: {line}")
    assert CREDENTIAL not in str(told.value) and IDENTITY not in str(told.value)
    assert len(store.asked) <= 3, "once more for the reason, once more where credentials may have been renewed"


def test_expired_credentials_that_were_renewed_are_found(store: TroubledStore) -> None:
    source = inspect(Source(URI, URI))
    store.arrange(next_ones=["expired"], only="^GET")
    with source.open() as stream:
        assert stream.read() == BYTES


def test_the_client_limits_its_rate_to_that_of_the_store(store: TroubledStore) -> None:
    assert s3_client.client(own=False).meta.config.retries == {"mode": "adaptive", "total_max_attempts": 1}


def test_pauses_grow_vary_and_honour_the_stores_request(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("decantry.jobs.store.retries.time.sleep", pauses.append)

    def after(*errors: Retryable) -> list[float]:
        pauses.clear()
        waiting = retries.Retries(URI)
        for error in errors:
            waiting.wait_after(error)
        return list(pauses)

    broken, slowed = Retryable("broken"), Retryable("slowed", throttled=True)
    assert after(Retryable("asked", 7.0))[0] >= 7.0
    assert after(Retryable("asked for an hour", 3600.0)) == [retries.LONGEST_WAIT]
    assert all(0.25 * 2**n <= pause <= 2**n for n, pause in enumerate(after(*[slowed] * 5)))
    assert sum(after(*[broken] * 5)) < sum(after(*[slowed] * 5))
    assert after(*[slowed] * 5) != after(*[slowed] * 5)
