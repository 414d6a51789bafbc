"""Conditional writes on the S3 server of this machine: of several puts of one key, exactly one succeeds."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra.local.object_store import ObjectStore

THREADS, KEYS = 8, 25

pytestmark = pytest.mark.slow  # a server of its own


def test_of_many_puts_of_one_new_key_exactly_one_succeeds(object_store: ObjectStore) -> None:
    clients = [object_store.client() for _ in range(THREADS)]
    together = threading.Barrier(THREADS)

    def put_all(me: int, client: Any) -> list[int]:
        won = []
        for key in range(KEYS):
            together.wait()
            try:
                client.put_object(Bucket="lake", Key=f"ordered/{key}", Body=str(me).encode(), IfNoneMatch="*")
                won.append(key)
            except ClientError as error:
                assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 412
        return won

    with ThreadPoolExecutor(THREADS) as pool:
        won = list(pool.map(put_all, range(THREADS), clients))
    assert sorted(key for keys in won for key in keys) == list(range(KEYS))
    for me, keys in enumerate(won):
        for key in keys:
            assert clients[0].get_object(Bucket="lake", Key=f"ordered/{key}")["Body"].read() == str(me).encode()


def test_all_else_passes_through(object_store: ObjectStore) -> None:
    client = object_store.client()
    client.put_object(Bucket="lake", Key="passed/a b+é", Body=b"x" * 1_000_000, Metadata={"writer": "me"})
    head = client.head_object(Bucket="lake", Key="passed/a b+é")
    assert (head["ContentLength"], head["Metadata"]) == (1_000_000, {"writer": "me"})
    part = client.get_object(Bucket="lake", Key="passed/a b+é", Range="bytes=10-19")
    assert (part["Body"].read(), part["ContentRange"]) == (b"x" * 10, "bytes 10-19/1000000")
    listed = client.list_objects_v2(Bucket="lake", Prefix="passed/")["Contents"]
    assert [entry["Key"] for entry in listed] == ["passed/a b+é"]
    client.delete_object(Bucket="lake", Key="passed/a b+é")
    with pytest.raises(ClientError, match="404"):
        client.head_object(Bucket="lake", Key="passed/a b+é")
