"""Row 24 of docs/reliability.md on S3, where Delta is safe for one driver only: a run claims the whole lake."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from decantry.jobs.commits import s3_claims
from decantry.jobs.commits.claims import claimed
from decantry.jobs.commits.holder import here
from decantry.jobs.commits.s3_claims import S3Claims
from decantry.jobs.errors import InfrastructureError
from decantry.jobs.lake import Lake
from infra.local.object_store import ObjectStore, client_environment

DYNAMO = {"spark.delta.logStore.s3a.impl": "io.delta.storage.S3DynamoDBLogStore"}


@pytest.fixture(params=["in this process", pytest.param("a server", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of a store with the bucket `lake`: one that answers in this process, or a real server."""
    if request.param == "a server":
        server: ObjectStore = request.getfixturevalue("object_store")
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server.client()
        return
    for name, value in client_environment("").items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket="lake")
        yield client


def lake(run_id: str, settings: dict[str, str] | None = None) -> Lake:
    conf = SimpleNamespace(get=lambda key, default: (settings or {}).get(key, default))
    return Lake(SimpleNamespace(conf=conf), "s3a://lake/claims", run_id)  # type: ignore[arg-type]


def keys(store: Any) -> list[str]:
    return [entry["Key"] for entry in store.list_objects_v2(Bucket="lake", Prefix="claims/").get("Contents", [])]


def refused(lake: Lake, scope: str) -> str:
    with pytest.raises(InfrastructureError) as caught, claimed(lake, [scope]):
        pass
    return str(caught.value)


def test_one_run_has_the_lake_and_another_is_turned_away(store: Any) -> None:
    for run_id in ("dead", "a"):
        store.put_object(Bucket="lake", Key=f"claims/_staging/{run_id}/ingest/parts/0.parquet", Body=b"rows")
    with claimed(lake("a"), ["the crawl A"]):
        line = refused(lake("b"), "the crawl B")
        assert line.startswith("the lake is being written in s3a://lake/claims by run a (process ")
        assert line.endswith("run again when that has ended, or, if it has died, in 10 minutes")
        assert keys(store) == ["claims/_claims/the lake.claim", "claims/_staging/a/ingest/parts/0.parquet"]
    with claimed(lake("b"), ["the crawl B"]):
        assert json.loads(store.get_object(Bucket="lake", Key=keys(store)[0])["Body"].read())["run_id"] == "b"
    assert keys(store) == []


def test_a_run_that_may_not_give_its_claim_back_has_done_its_work(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(claims: S3Claims, key: str) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "DeleteObject")

    with monkeypatch.context() as patched:
        patched.setattr(S3Claims, "remove", refuse)
        with claimed(lake("a"), ["the crawl A"]):
            pass
    assert keys(store) == ["claims/_claims/the lake.claim"]
    store.delete_object(Bucket="lake", Key=keys(store)[0])


def test_with_a_log_in_dynamodb_runs_on_other_crawls_go_on(store: Any) -> None:
    with claimed(lake("a", DYNAMO), ["the crawl A"]), claimed(lake("b", DYNAMO), ["the crawl B"]):
        assert "the crawl A is being written" in refused(lake("c", DYNAMO), "the crawl A")
        assert "is being written" in refused(lake("c", DYNAMO), "the lake")
    assert keys(store) == []


def test_a_run_that_stood_still_finds_its_claim_gone_and_leaves_the_new_holders(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = lake("silent")
    with claimed(silent, []):
        held = silent.claims["the lake"]
        monkeypatch.setattr(s3_claims, "LEASE_SECONDS", -1)
        with claimed(lake("next"), []):
            monkeypatch.setattr(s3_claims, "LEASE_SECONDS", 600)
            held._renewed -= 600  # type: ignore[attr-defined]
            with pytest.raises(InfrastructureError, match="another has taken over its claim"):
                held.require()
            held.free()
            assert "by run next" in refused(lake("third"), "the crawl A")
    assert keys(store) == []


def test_a_claim_whose_renewal_was_not_answered_is_kept(store: Any) -> None:
    mine = lake("mine")
    with claimed(mine, []):
        held = mine.claims["the lake"]
        held._etag = '"of a put whose answer was lost"'  # type: ignore[attr-defined]
        held._renewed -= 600  # type: ignore[attr-defined]
        held.require()
        assert held._etag != '"of a put whose answer was lost"'  # type: ignore[attr-defined]
    assert keys(store) == []


def test_a_claim_that_is_not_renewed_is_taken_over_and_its_run_commits_no_more(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = lake("silent")
    monkeypatch.setattr(s3_claims, "RENEWAL_SECONDS", 0.5)
    with claimed(silent, []):
        monkeypatch.setattr(s3_claims, "LEASE_SECONDS", -1)
        with claimed(lake("next"), []):
            held = silent.claims["the lake"]
            for _ in range(100):
                if held._lost:  # type: ignore[attr-defined]
                    break
                held._over.wait(0.1)  # type: ignore[attr-defined]
            with pytest.raises(InfrastructureError, match="another has taken over its claim"):
                held.require()
            monkeypatch.setattr(s3_claims, "LEASE_SECONDS", 600)
            assert "by run next" in refused(lake("third"), "the crawl A")
    assert keys(store) == []


def test_a_run_that_was_killed_on_this_machine_binds_nobody(store: Any) -> None:
    killed = {**here(), "scope": "the lake", "run_id": "killed", "processes": {"999999999": 1}}
    store.put_object(Bucket="lake", Key="claims/_claims/the lake.claim", Body=json.dumps(killed).encode())
    with claimed(lake("next"), []):
        assert "by run next" in refused(lake("third"), "the crawl A")
    assert keys(store) == []


def test_a_run_that_was_killed_elsewhere_is_told_with_the_time_that_its_claim_has_left(store: Any) -> None:
    elsewhere = {**here(), "machine": "another", "scope": "the lake", "run_id": "killed", "pid": 7, "host": "far"}
    store.put_object(Bucket="lake", Key="claims/_claims/the lake.claim", Body=json.dumps(elsewhere).encode())
    line = refused(lake("next"), "the crawl A")
    assert "by run killed (process 7 on far" in line
    assert line.endswith("run again when that has ended, or, if it has died, in 10 minutes")
    store.delete_object(Bucket="lake", Key="claims/_claims/the lake.claim")
