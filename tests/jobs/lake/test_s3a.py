"""Settings of a lake on S3 for Spark, and reading it without Spark."""

from __future__ import annotations

import threading

import pyarrow as pa
import pytest
from deltalake import write_deltalake

from decantry.jobs.lake.s3a import passed_on, remove, s3a_settings
from decantry.jobs.lake.session import settings
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.lake.without_spark import rows_of, tables_of
from decantry.jobs.process.errors import UserError
from decantry.jobs.store import s3_client
from decantry.jobs.store.delta_options import delta_options
from infra.local.object_store import CREDENTIAL, IDENTITY, ObjectStore

LAKE = "s3a://lake/tables"


@pytest.fixture(autouse=True)
def environment(object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in object_store.environment.items():
        monkeypatch.setenv(name, value)


def test_a_lake_on_s3_is_read_without_spark() -> None:
    with pytest.raises(UserError, match="there is no lake at s3://lake/tables/"):
        tables_of(LAKE)
    require_usable(LAKE, write=True)
    for name in ("ops/inputs", "gold/fineweb"):
        write_deltalake(f"s3://lake/tables/{name}", pa.table({"path": ["a", "b"]}), storage_options=delta_options())
    assert tables_of(LAKE) == [("ops/inputs", 0, 2), ("gold/fineweb", 0, 2)]
    assert [row["path"] for row in rows_of("s3://lake/tables/", "ops/inputs")] == ["a", "b"]
    remove(f"{LAKE}/gold")
    assert tables_of(LAKE) == [("ops/inputs", 0, 2)]
    remove(LAKE)
    with pytest.raises(UserError, match="there is no lake"):
        tables_of(LAKE)


def test_requests_to_the_lake_are_signed_even_if_inputs_are_anonymous(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_S3_ACCESS", "anonymous")
    require_usable("s3a://lake/mine", write=True)
    write_deltalake("s3://lake/mine/ops/inputs", pa.table({"path": ["a"]}), storage_options=delta_options())
    assert tables_of("s3a://lake/mine") == [("ops/inputs", 0, 1)]
    remove("s3a://lake/mine")
    with pytest.raises(UserError, match="there is no lake"):
        tables_of("s3a://lake/mine")


def test_a_lake_that_cannot_be_used_is_one_line_without_the_credential(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="cannot use the lake s3://nowhere/x/: there is no such bucket"):
        require_usable("s3a://nowhere/x", write=True)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another-credential")
    with pytest.raises(UserError, match="the store does not know the credentials") as caught:
        require_usable(LAKE, write=True)
    assert "another-credential" not in str(caught.value) and IDENTITY not in str(caught.value)


def test_all_clients_have_the_same_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-north-1")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    assert s3_client.client(own=False).meta.region_name == "eu-west-1"
    assert s3_client.client(own=True).meta.region_name == "eu-west-1"
    assert s3a_settings()["spark.hadoop.fs.s3a.endpoint.region"] == "eu-west-1"
    assert delta_options()["AWS_REGION"] == "eu-west-1"


def test_threads_that_begin_at_once_have_one_client(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_S3_REQUESTS", "7")  # no client has been made in this environment
    begin = threading.Barrier(16)
    found = []

    def ask() -> None:
        begin.wait()
        found.append((s3_client.client(own=False), s3_client.slots()))

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16 and len(set(found)) == 1


def test_spark_gets_the_endpoint_but_no_credentials(object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    given = s3a_settings()
    assert given["spark.hadoop.fs.s3a.endpoint"] == object_store.endpoint
    assert given["spark.hadoop.fs.s3a.path.style.access"] == "true"
    assert given["spark.hadoop.fs.s3a.connection.ssl.enabled"] == "false"
    assert CREDENTIAL not in str(given)
    handed = passed_on({"AWS_REGION": "eu-west-1", "AWS_SECRET_ACCESS_KEY": "x", "DECANTRY_S3_ACCESS": "anonymous"})
    assert handed == {
        "spark.executorEnv.AWS_REGION": "eu-west-1",
        "spark.executorEnv.DECANTRY_S3_ACCESS": "anonymous",
    }
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3")
    assert not any("fs.s3a" in name for name in settings("local-lake", cores=1))
    assert "spark.hadoop.fs.s3a.endpoint" not in s3a_settings()


def test_the_variables_for_s3_are_validated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_S3_ACCESS", "free")
    with pytest.raises(UserError, match="DECANTRY_S3_ACCESS is free: use anonymous or requester-pays"):
        s3_client.access()
    monkeypatch.setenv("DECANTRY_S3_REQUESTS", "many")
    with pytest.raises(UserError, match="DECANTRY_S3_REQUESTS is many"):
        s3_client.requests_at_a_time()
