"""The destination of an export: complete or missing, on this machine and on S3."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pyarrow.parquet as pq
import pytest
from moto.server import ThreadedMotoServer

from decantry.jobs.explore.export.output import output_of
from decantry.jobs.explore.export.place import Place, export_to
from decantry.jobs.explore.export.write import Writing, write_shard
from decantry.jobs.process.errors import DecantryError, InfrastructureError, UserError
from decantry.jobs.store import s3_store
from decantry.jobs.store.reply import Retryable
from tests.jobs.explore.export.made import rows

RUN = "20261130T020500-0a1b2c"


def put(place: Place, path: str, content: bytes = b"x") -> None:
    with place.file(path) as file:
        file.write(content)


def test_a_local_export_has_its_name_when_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "new" / "corpus"
    with export_to(output_of(str(target)), RUN) as made:
        put(made.place, "data/train-00000-of-00001.parquet")
        Path(made.place.root, "data", ".train-00000-of-00001.parquet.5d41").write_bytes(b"of a killed task")
        assert not target.exists()
        made.finish(b"{}")
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == [
        "new", "new/corpus", "new/corpus/data", "new/corpus/data/train-00000-of-00001.parquet",
        "new/corpus/manifest.json",
    ]  # fmt: skip


def test_an_empty_folder_becomes_the_export(tmp_path: Path) -> None:
    target = tmp_path / "corpus"
    target.mkdir()
    with export_to(output_of(f"file://{target}/"), RUN) as made:
        made.finish(b"{}")
    assert [path.name for path in target.iterdir()] == ["manifest.json"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, os.strerror(28)), ValueError("odd")])
def test_an_export_that_fails_leaves_nothing(tmp_path: Path, error: BaseException) -> None:
    target = str(tmp_path / "corpus")
    kinds = (KeyboardInterrupt, InfrastructureError, ValueError)
    with pytest.raises(kinds) as told, export_to(target, RUN) as made:
        put(made.place, "data/x")
        raise error
    assert list(tmp_path.iterdir()) == []
    if isinstance(error, OSError):
        assert str(told.value) == f"cannot write {tmp_path}/corpus: No space left on device"


def test_a_file_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="odd"), Place(str(tmp_path)).file("data/x") as file:
        file.write(b"half")
        raise ValueError("odd")
    assert list((tmp_path / "data").iterdir()) == []


def test_another_export_that_finished_first_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "corpus"
    told = "which cannot be created: Directory not empty"
    with pytest.raises(UserError, match=told), export_to(str(target), RUN) as made:
        target.mkdir()
        (target / "theirs").touch()
        made.finish(b"{}")
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]
    assert [path.name for path in target.iterdir()] == ["theirs"]


def test_an_export_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    for uri, told in {
        "": "name a folder, or s3a://BUCKET/PATH",
        "  ": "name a folder, or",
        "a\nb": "--output is 'a\\nb': name a folder",
        "gs://bucket/x": "--output is gs://bucket/x: name a folder, or s3a://BUCKET/PATH",
        "https://example.org/x": "name a folder, or s3a://BUCKET/PATH",
        "s3a://bucket": "--output is s3a://bucket: name a folder",
        "s3://bucket/": "name a folder, or s3a://BUCKET/PATH",
        "s3a://KEY:SECRET@bucket/x": "--output is s3a://bucket/x: name a folder",
        str(tmp_path / "file"): "file, which is a file: name a folder",
        str(tmp_path / "broken"): "broken, which is a file: name a folder",
        str(tmp_path / "full"): "full, which is not empty: name a new folder",
        str(tmp_path / "file" / "x"): "file: name another folder",
        str(tmp_path / ("x" * 300)): "which cannot be used: File name too long",
        "/": "which is not empty",
    }.items():
        with pytest.raises(UserError) as error:
            output_of(uri)
        assert told in str(error.value) and "\n" not in str(error.value), uri
        assert "SECRET" not in str(error.value)
    assert output_of(f"{tmp_path}/a/../b/") == f"{tmp_path}/b"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    made = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    made.start()
    host, port = made.get_host_and_port()
    yield f"http://{host}:{port}"
    made.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name, value in {
        "AWS_ENDPOINT_URL_S3": server, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    client = boto3.client("s3", endpoint_url=server, region_name="us-east-1")
    client.create_bucket(Bucket="corpora")
    yield client
    for entry in client.list_objects_v2(Bucket="corpora").get("Contents", []):
        client.delete_object(Bucket="corpora", Key=entry["Key"])


def keys(client: Any) -> list[str]:
    return [entry["Key"] for entry in client.list_objects_v2(Bucket="corpora").get("Contents", [])]


def test_on_s3_an_export_ends_with_its_manifest(bucket: Any) -> None:
    with export_to(output_of("s3a://corpora/tides/"), RUN) as made:
        (file,) = write_shard(Writing(made.place, 1, "parquet", "parquet"), 0, [rows(["The tide turned."])])
        assert keys(bucket) == ["tides/data/train-00000-of-00001.parquet"]
        made.finish(b"{}")
    assert (file.error, file.rows) == (None, 1)
    assert keys(bucket) == ["tides/data/train-00000-of-00001.parquet", "tides/manifest.json"]
    content = bucket.get_object(Bucket="corpora", Key=f"tides/{file.path}")["Body"].read()
    assert pq.read_table(io.BytesIO(content))["text"].to_pylist() == ["The tide turned."]
    with pytest.raises(UserError, match="--output is s3://corpora/tides, which is not empty: name another prefix"):
        output_of("s3://corpora/tides")
    assert output_of("s3://corpora/tide") == "s3://corpora/tide"


def test_objects_of_a_killed_export_on_s3_are_reported(bucket: Any) -> None:
    bucket.put_object(Bucket="corpora", Key="tides/data/x", Body=b"x")
    with pytest.raises(UserError, match=r"s3://corpora/tides, which has objects but no manifest.json: remove them"):
        output_of("s3a://corpora/tides")
    with pytest.raises(UserError, match=r"cannot use --output s3://nowhere/x/: there is no such bucket"):
        output_of("s3a://nowhere/x")


def test_a_failed_export_leaves_nothing_on_s3(bucket: Any) -> None:
    bucket.put_object(Bucket="corpora", Key="tides-of-others/x", Body=b"x")
    with pytest.raises(ValueError, match="odd"), export_to("s3://corpora/tides", RUN) as made:
        put(made.place, "data/x")
        raise ValueError("odd")
    assert keys(bucket) == ["tides-of-others/x"]


def test_a_put_is_made_again_from_the_first_byte(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, troubles = s3_store._asked, [Retryable("the store answers SlowDown"), s3_store.Refused("ExpiredToken")]

    def troubled(uri: str, operation: str, arguments: dict[str, Any], **more: Any) -> dict[str, Any]:
        if operation == "put_object" and troubles:
            arguments["Body"].read()
            raise troubles.pop(0)
        return asked(uri, operation, arguments, **more)

    monkeypatch.setattr(s3_store, "_asked", troubled)
    put(Place("s3://corpora/tides"), "x", b"all of it")
    assert troubles == []
    assert bucket.get_object(Bucket="corpora", Key="tides/x")["Body"].read() == b"all of it"


def test_a_bucket_that_may_not_be_written_is_one_line(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: Any, **__: Any) -> dict[str, Any]:
        raise s3_store.Refused("AccessDenied")

    monkeypatch.setattr(s3_store, "_asked", denied)
    (file,) = write_shard(Writing(Place("s3://corpora/x"), 1, "parquet", "parquet"), 0, [rows(["a"])])
    assert file.error == (
        "cannot write s3://corpora/x/data/train-00000-of-00001.parquet: it may not be written: check the credentials "
        "and the bucket's policy"
    )
    with pytest.raises(DecantryError, match=r"cannot use --output s3://corpora/y/: it may not be read"):
        output_of("s3://corpora/y")
