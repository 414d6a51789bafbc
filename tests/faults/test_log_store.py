"""Row 24 of docs/reliability.md: several drivers, each in its own process, write Delta's log.

Every version has one writer, and all drivers agree on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from infra.local.object_store import CREDENTIAL, IDENTITY, ObjectStore
from tests.faults.log_stores import EXISTS, Driver, Refused, driver, drivers, race, s3a
from tests.faults.s3_trouble import TroubledStore, troubled

VERSIONS = 200
LOG = "s3a://lake/table/_delta_log"
FIRST = f"{LOG}/{0:020}.json"


def assert_one_winner(racing: list[Driver], won: list[list[int]], log: str) -> None:
    assert sorted(version for versions in won for version in versions) == list(range(VERSIONS))
    for me, versions in enumerate(won):
        assert {tuple(racing[0].read(f"{log}/{version:020}.json")) for version in versions} <= {(str(me),)}
    assert racing[0].names(f"{log}/0") == [f"{version:020}.json" for version in range(VERSIONS)]


@pytest.mark.slow  # three Java processes at once
def test_of_three_processes_exactly_one_writes_a_version_of_a_local_log(tmp_path: Path) -> None:
    with drivers(3) as racing:
        won = race(racing, tmp_path.as_uri(), VERSIONS)
        assert_one_winner(racing, won, tmp_path.as_uri())
    assert len(list(tmp_path.iterdir())) == VERSIONS


@pytest.mark.slow  # shows with Delta's own store that the test above is a real race
def test_deltas_own_store_lets_two_processes_write_a_version_of_a_local_log(tmp_path: Path) -> None:
    with drivers(3, name="io.delta.storage.LocalLogStore") as racing:
        won = Counter(version for versions in race(racing, tmp_path.as_uri(), VERSIONS) for version in versions)
    assert [version for version, writers in won.items() if writers > 1]


@pytest.mark.slow  # it starts a server
def test_of_three_processes_exactly_one_writes_a_version_of_a_log_on_s3(object_store: ObjectStore) -> None:
    log = "s3a://lake/raced/_delta_log"
    with drivers(3, s3a(object_store.endpoint)) as racing:
        won = race(racing, log, VERSIONS)
        assert all(won), "a driver that never wins does not race"
        assert_one_winner(racing, won, log)
    keys = object_store.client().list_objects_v2(Bucket="lake", Prefix="raced/")["Contents"]
    assert not [each["Key"] for each in keys if each["Key"].endswith(".probe")]


@pytest.fixture(scope="module")
def proxy() -> Iterator[TroubledStore]:
    """A store in this process with conditional puts and without signatures, behind a proxy that injects faults."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with troubled(f"http://{host}:{port}") as made:
        yield made
    server.stop()


@pytest.fixture(scope="module")
def process(proxy: TroubledStore) -> Iterator[Driver]:
    """A driver that has written to the bucket `lake`, and has proved that it honours the condition."""
    for bucket in ("lake", "fresh", "troubled", "unable", "parts"):
        client(proxy).create_bucket(Bucket=bucket)
    of_a_bucket = {"unable.create.conditional.enabled": "false", "parts.multipart.size": "5M"}
    own = {f"fs.s3a.bucket.{name}": value for name, value in of_a_bucket.items()}
    with driver(s3a(proxy.endpoint) | own) as made:
        made.write("s3a://lake/first/_delta_log/0.json", "x")
        yield made


def client(proxy: TroubledStore) -> Any:
    keys = {"aws_access_key_id": IDENTITY, "aws_secret_access_key": CREDENTIAL, "region_name": "us-east-1"}
    return boto3.client("s3", endpoint_url=proxy.endpoint, **keys)


@pytest.fixture
def store(proxy: TroubledStore, process: Driver) -> Iterator[TroubledStore]:
    proxy.arrange()
    yield proxy
    proxy.arrange()
    for entry in client(proxy).list_objects_v2(Bucket="lake", Prefix="table/").get("Contents", []):
        client(proxy).delete_object(Bucket="lake", Key=entry["Key"])


def puts(store: TroubledStore) -> list[str]:
    return [path for method, path, _ in store.asked if method == "PUT" and path.endswith(".json")]


def test_an_existing_version_is_refused(store: TroubledStore, process: Driver) -> None:
    process.write(FIRST, "one", "two")
    with pytest.raises(Refused, match=FIRST) as refused:
        process.write(FIRST, "three")
    assert refused.value.kind == EXISTS
    assert process.read(FIRST) == ["one", "two"]
    process.write(f"{LOG}/_last_checkpoint", "one", overwrite=True)
    process.write(f"{LOG}/_last_checkpoint", "two", overwrite=True)
    assert process.read(f"{LOG}/_last_checkpoint") == ["two"]
    assert process.names(f"{LOG}/0") == [f"{0:020}.json", "_last_checkpoint"]


def test_a_commit_whose_answer_is_lost_is_recognised_and_written_once(store: TroubledStore, process: Driver) -> None:
    store.arrange(next_ones=["lost"], only="^PUT")
    process.write(FIRST, "ours")
    assert len(puts(store)) == 2, "the client repeats it, and is told 412"
    assert process.read(FIRST) == ["ours"]
    with pytest.raises(Refused, match=EXISTS):
        process.write(FIRST, "another's")


def test_a_commit_whose_answer_is_lost_and_whose_retries_are_refused_is_recognised(
    store: TroubledStore, process: Driver
) -> None:
    store.arrange(always="lost", only="^PUT")
    process.write(FIRST, "ours")
    store.arrange()
    assert process.read(FIRST) == ["ours"]


def test_a_commit_of_another_driver_is_never_taken_for_ours(store: TroubledStore, process: Driver) -> None:
    process.write(FIRST, "another's")
    store.arrange(always="slowdown", only="^PUT")
    with pytest.raises(Refused, match=EXISTS):
        process.write(FIRST, "ours")


def test_a_commit_of_another_tool_is_not_taken_for_ours(store: TroubledStore, process: Driver) -> None:
    client(store).put_object(Bucket="lake", Key=FIRST.removeprefix("s3a://lake/"), Body=b"by hand\n")
    with pytest.raises(Refused, match=EXISTS):
        process.write(FIRST, "ours")
    assert process.read(FIRST) == ["by hand"]


def test_a_multipart_commit_is_written_once_and_recognised_when_its_answer_is_lost(
    store: TroubledStore, process: Driver
) -> None:
    path, line = "s3a://parts/table/_delta_log/0.json", "x" * (1 << 20)
    process.write("s3a://parts/table/_delta_log/1.json", "so that the store is known")
    store.arrange(next_ones=["lost"], only="^POST .*uploadId")
    process.write(path, *[line] * 6)
    assert [path for method, path, _ in store.asked if "uploadId" in path], "in parts"
    store.arrange()
    with pytest.raises(Refused, match=EXISTS):
        process.write(path, *["y" * (1 << 20)] * 6)
    assert process.read(path) == [line] * 6
    assert not client(store).list_multipart_uploads(Bucket="parts").get("Uploads")


def test_a_conflict_is_retried(store: TroubledStore, process: Driver) -> None:
    store.arrange(next_ones=["409", "409"], only="^PUT")
    process.write(FIRST, "ours")
    assert process.read(FIRST) == ["ours"]
    assert len(puts(store)) == 3


@pytest.mark.parametrize(
    ("trouble", "only", "said"),
    [
        ("403", "^PUT", "AccessDenied"),
        ("slowdown", "^PUT", "SlowDown"),
        ("500", "^PUT", "InternalError"),
        ("403", "^(PUT|HEAD)", "AccessDenied"),
        ("lost", "^(PUT|HEAD)", "AccessDenied"),
    ],
)
def test_an_undecided_commit_is_an_error_that_says_so(
    store: TroubledStore, process: Driver, trouble: str, only: str, said: str
) -> None:
    store.arrange(always=trouble, only=only)
    with pytest.raises(Refused, match=f"{FIRST}: it is not known whether this commit was written .*{said}") as refused:
        process.write(FIRST, "ours")
    assert refused.value.kind == "org.decantry.lake.S3Commit$Undecided", "an IOException"
    store.arrange(always=trouble, only=only)
    with pytest.raises(Refused):
        process.write(f"{LOG}/_last_checkpoint", "ours", overwrite=True)


def test_a_store_that_ignores_the_condition_is_refused_before_anything_is_written(
    store: TroubledStore, process: Driver
) -> None:
    store.arrange(always="unconditional", only="^PUT")
    for _ in range(2):
        with pytest.raises(Refused, match=r"_log was not written: s3a://fresh ignores If-None-Match, .* Use a store"):
            process.write("s3a://fresh/table/_delta_log/0.json", "ours")
    assert puts(store) == []
    keys = [each["Key"] for each in client(store).list_objects_v2(Bucket="fresh").get("Contents", [])]
    assert keys in ([], ["table/_delta_log/"]), "what Hadoop takes for a folder"


def test_a_store_that_fails_does_not_pass_the_proof(store: TroubledStore, process: Driver) -> None:
    store.arrange(always="403", only="^PUT")
    with pytest.raises(Refused, match=r"/_delta_log was not written: the store does not work .*AccessDenied"):
        process.write("s3a://troubled/table/_delta_log/0.json", "ours")
    store.arrange()
    process.write("s3a://troubled/table/_delta_log/0.json", "ours")
    process.write("s3a://troubled/table/_delta_log/1.json", "ours")
    probes = [path for method, path, _ in store.asked if method == "PUT" and path.endswith(".probe")]
    assert (len(probes), len(puts(store))) == (2, 2)
    assert process.names("s3a://troubled/table/_delta_log/.") == ["0.json", "1.json"]


def test_a_hadoop_without_conditional_writes_is_refused(store: TroubledStore, process: Driver) -> None:
    with pytest.raises(Refused, match=r"not written: Hadoop 3\.4\.2 makes no conditional writes here, .* Use Spark"):
        process.write("s3a://unable/table/_delta_log/0.json", "ours")
    assert store.asked == []
