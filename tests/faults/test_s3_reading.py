"""Rows 12 and 13 of docs/reliability.md: objects are read from a real S3 server through a proxy that injects faults."""

from __future__ import annotations

import random
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.sources import remote
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.source import Source, inspect, open_at
from decantry.jobs.store import pace, retries, s3_client
from decantry.jobs.store.errors import SourceError
from infra.local.object_store import CREDENTIAL, IDENTITY, ObjectStore, client_environment
from tests.faults.s3_trouble import TroubledStore, troubled

pytestmark = pytest.mark.slow

BYTES = random.Random(5).randbytes(3 << 20)
URI = "s3://pages/crawl/a.warc.gz"


@pytest.fixture(scope="module")
def proxy(object_store: ObjectStore) -> Iterator[TroubledStore]:
    object_store.client().put_object(Bucket="pages", Key="crawl/a.warc.gz", Body=BYTES)
    with troubled(object_store.endpoint) as server:
        yield server


@pytest.fixture
def store(proxy: TroubledStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[TroubledStore]:
    for name, value in client_environment(proxy.endpoint).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(retries, "LONGEST_WAIT", 0.02)
    proxy.arrange()
    yield proxy
    s3_client.renew()  # a client that got SlowDown stays slow


def read(uri: str = URI) -> bytes:
    with inspect(Source(uri, uri)).open() as stream:
        return stream.read()


@pytest.mark.parametrize(
    "troubles",
    [
        ["slowdown"] * 2,
        ["500", "cut", "slowdown"],
        ["reset 1000", "reset 0", "reset 2000000", "slowdown", "reset 70000"],
        ["short 500000", "whole 10", "short 10", "short 0", "whole 0"],
        ["reset 5000", "shift 77", "shift 1"],
        ["drip 100000", "reset 300000"],
    ],
    ids=lambda troubles: troubles[-1].replace(" ", "-"),
)
def test_temporary_faults_change_nothing(
    store: TroubledStore, monkeypatch: pytest.MonkeyPatch, troubles: list[str]
) -> None:
    monkeypatch.setattr(pace, "PERIOD", 0.3)
    monkeypatch.setattr(pace, "SLOWEST", 1 << 19)
    store.arrange(next_ones=list(troubles), only="^GET")
    assert read() == BYTES
    assert store.troubled == len(troubles)
    asked = [span for method, _, span in store.asked if method == "GET"]
    assert len(asked) == len(troubles) + 1
    if "reset 1000" in troubles:
        assert int(asked[-1][6:-1]) > 0  # and not from the start


def test_a_connection_that_drips_is_replaced(store: TroubledStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "PERIOD", 0.3)
    monkeypatch.setattr(pace, "SLOWEST", 1 << 19)
    store.arrange(next_ones=["drip 20000"], only="^GET")
    assert read() == BYTES
    spans = [span for method, _, span in store.asked if method == "GET"]
    assert (
        0 < int(spans[1].removeprefix("bytes=").split("-")[0]) < 1 << 18
    )  # it is replaced soon, and reading continues at the same byte


def test_a_connection_that_drips_fast_enough_is_kept(store: TroubledStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "PERIOD", 0.1)
    monkeypatch.setattr(pace, "SLOWEST", 1 << 19)
    monkeypatch.setattr(remote, "GAINED", 1 << 12)
    monkeypatch.setattr(retries, "ATTEMPTS", 2)
    store.arrange(always="drip 100000", only="^GET")
    with open_at(URI, 0, 60_000) as stream:
        assert stream.read() == BYTES[:60_000]
    assert len(store.asked) > 2


@pytest.mark.parametrize(
    ("trouble", "line"),
    [
        ("slowdown", "the store answers SlowDown"),
        ("reset 0", "broke|ended"),
        ("whole 7", "of 7 bytes instead of 3145728"),
        ("short 0", "ended at byte 0 of 3145728"),
        ("drip 20", "gave [0-9]+ bytes in [0-9]+ s"),
    ],
)
def test_permanent_faults_are_errors(
    store: TroubledStore, monkeypatch: pytest.MonkeyPatch, trouble: str, line: str
) -> None:
    monkeypatch.setattr(retries, "ATTEMPTS", 4)
    monkeypatch.setattr(pace, "PERIOD", 0.2)
    store.arrange(always=trouble, only="^GET")
    with pytest.raises(SourceError, match=f"{URI}: .*({line}).* \\(4 attempts\\)") as told:
        read()
    assert len([one for one in store.asked if one[0] == "GET"]) == 4
    assert "\n" not in str(told.value)


def test_a_store_that_does_not_answer_is_an_infrastructure_error(
    store: TroubledStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = Lake(None, "s3a://lake/troubled", "run")  # type: ignore[arg-type]
    store.arrange(next_ones=["slowdown", "500"])
    assert lake.names("gold") == []
    monkeypatch.setattr(retries, "ATTEMPTS", 2)
    store.arrange(always="slowdown")
    with pytest.raises(InfrastructureError, match=r"cannot use the lake s3://lake/troubled/: .* \(2 attempts\)"):
        require_usable(lake.uri, write=True)
    with pytest.raises(InfrastructureError, match=r"cannot read the input s3://pages/crawl/: .* \(2 attempts\)"):
        expand(["s3://pages/crawl/"])


@pytest.mark.parametrize(
    ("trouble", "line"),
    [
        ("403", "it may not be read: check the credentials"),
        ("404", "there is no such object"),
        ("expired", "the credentials have expired: renew them"),
    ],
)
@pytest.mark.parametrize("asking", ["^HEAD|^GET", "^GET"])
def test_refusals_are_reported_once_and_without_the_credential(
    store: TroubledStore, trouble: str, line: str, asking: str
) -> None:
    source = inspect(Source(URI, URI))
    store.arrange(always=trouble, only=asking)
    with pytest.raises(SourceError) as told:
        inspect(Source(URI, URI)) if "HEAD" in asking else source.open().read()
    assert str(told.value).startswith(f"{URI}: {line}")
    assert CREDENTIAL not in str(told.value) and IDENTITY not in str(told.value)
    assert len(store.asked) <= 6  # once more for the reason, once more where credentials may have been renewed


def test_an_object_that_changes_is_an_error(store: TroubledStore) -> None:
    uri = "s3://pages/other/b.warc.gz"
    s3_client.client(own=False).put_object(Bucket="pages", Key="other/b.warc.gz", Body=BYTES)
    source = inspect(Source(uri, uri))
    with source.open() as stream:
        stream.read(10)
        s3_client.client(own=False).put_object(Bucket="pages", Key="other/b.warc.gz", Body=BYTES[::-1])
        store.arrange(next_ones=["reset 0"], only="^GET")
        with pytest.raises(SourceError, match=f"{uri}: it changed while it was read"), source.open() as again:
            again.read()


def test_the_buffer_of_an_object_is_bounded(store: TroubledStore) -> None:
    with open_at(URI, 5, 1000) as stream:
        assert stream.read() == BYTES[5:1005]
    assert store.asked[-1][2] == "bytes=5-1004"
    with open_at(URI) as stream:
        tracemalloc.start()
        fetched = taken = ahead = 0
        while piece := stream.read(10_000):
            taken += len(piece)
            fetched = stream.raw.tell()  # type: ignore[attr-defined]
            ahead = max(ahead, fetched - taken)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert taken == fetched == len(BYTES)
    assert 0 < ahead <= 1 << 18
    assert most < len(BYTES) // 2  # including the memory of the proxy


def test_waiting_requests_are_limited_and_open_streams_are_not(
    store: TroubledStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread with an open stream can open another without waiting."""
    monkeypatch.setenv("DECANTRY_S3_REQUESTS", "3")
    store.arrange(always="late 100", only="^GET")
    all_open = threading.Barrier(12, timeout=60)
    found: list[bool] = []

    def work() -> None:
        with open_at(URI) as stream:
            all_open.wait()
            found.append(stream.read() == BYTES)

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 12
    assert len(store.asked) == 12
    assert 1 < store.most_awaited <= 3


def test_requester_pays(store: TroubledStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_S3_ACCESS", "requester-pays")
    seen: list[str] = []
    s3_client.client(own=False).meta.events.register(
        "before-send.s3", lambda request, **_: seen.append(str(request.headers.get("x-amz-request-payer")))
    )
    assert [source.uri for source in expand(["s3://pages/crawl/"])] == [URI]
    assert read() == BYTES
    assert seen == ["b'requester'"] * 3
    assert store.signed == [True] * 3


@pytest.fixture(scope="module")
def open_bucket(object_store: ObjectStore) -> str:
    """A public archive in a store that requires signatures for all others."""
    admin = object_store.client()
    admin.create_bucket(Bucket="open")
    admin.put_bucket_acl(Bucket="open", ACL="public-read")
    admin.put_object(Bucket="open", Key="crawl/a.warc.gz", Body=BYTES)
    admin.put_object_acl(Bucket="open", Key="crawl/a.warc.gz", ACL="public-read")
    return "s3://open/crawl/"


@pytest.mark.parametrize("why", ["asked for", "no credentials"])
def test_anonymous_requests_are_not_signed(
    store: TroubledStore, open_bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    if why == "asked for":
        monkeypatch.setenv("DECANTRY_S3_ACCESS", "anonymous")
    else:
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")
        monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
        for file in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
            monkeypatch.setenv(file, str(tmp_path / "none"))
    (source,) = expand([open_bucket])
    assert read(source.uri) == BYTES
    with pytest.raises(SourceError, match=f"{URI}: it may not be read"):
        read(URI)
    assert len(store.asked) >= 4
    assert not any(store.signed)
