"""Objects, folders and tables in a bucket of an S3 server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.source import Source, inspect, open_at
from decantry.jobs.store import retries, s3_client
from decantry.jobs.store.errors import SourceError
from tests.jobs.delta_folders import add, metadata, protocol, remove, write_log
from tests.jobs.sources.served import BYTES, files


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in (("ACCESS_KEY_ID", "test"), ("SECRET_ACCESS_KEY", "test"), ("DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setattr(retries, "LONGEST_WAIT", 0.01)
    client = s3_client.client(own=False)
    client.create_bucket(Bucket="pages")
    yield client
    server.stop()


def test_objects(bucket: Any) -> None:
    for key in ("crawl/a.warc.gz", "crawl/deep/b.warc.gz", "crawl/notes.md"):
        bucket.put_object(Bucket="pages", Key=key, Body=BYTES)
    assert [source.uri for source in expand(["s3://pages/crawl/"])] == [
        "s3://pages/crawl/a.warc.gz",
        "s3://pages/crawl/deep/b.warc.gz",
    ]
    for key in ("crawl/empty.warc.gz", "crawl/folder.warc/", "crawl/other.warc_$folder$"):
        bucket.put_object(Bucket="pages", Key=key, Body=b"")
    names = [source.uri for source in expand(["s3://pages/crawl/*"])]
    assert names == [
        f"s3://pages/crawl/{name}" for name in ("a.warc.gz", "deep/b.warc.gz", "empty.warc.gz", "notes.md")
    ]
    with open_at("s3://pages/crawl/empty.warc.gz") as stream:
        assert stream.read() == b""
    assert [source.uri for source in expand(["s3a://pages/crawl/a*.gz"])] == ["s3://pages/crawl/a.warc.gz"]
    found = inspect(expand(["s3://pages/crawl/a.warc.gz"])[0])
    assert found.bytes == len(BYTES) and found.version
    with open_at(found.uri, 4000) as stream:
        assert stream.read() == BYTES[4000:]
    with open_at(found.uri, 4000, 10) as stream:
        assert stream.read() == BYTES[4000:4010]
    with open_at(found.uri, len(BYTES)) as stream:
        assert stream.read() == b""


def test_hidden_objects_are_passed_over_at_every_depth(bucket: Any) -> None:
    visible = "jobs/day=1/a.jsonl"
    for key in (visible, "jobs/_temporary/0/b.jsonl", "jobs/day=1/_inbox/c.jsonl", "jobs/day=1/.d.jsonl"):
        bucket.put_object(Bucket="pages", Key=key, Body=b"{}")
    told: list[str] = []
    for given in ("jobs/", "jobs/*.jsonl", "jobs/day=1/*", "jobs/*/*"):
        assert [source.uri for source in expand([f"s3://pages/{given}"], tell=told.append)] == [f"s3://pages/{visible}"]
    assert told[0] == (
        "the input s3://pages/jobs/: passed over 3 files below names that begin with _ or ., or end like .tmp "
        "(_temporary 1, .d.jsonl 1, _inbox 1)"
    )
    assert len(told) == 4
    for given in ("jobs/day=1/_inbox/", "jobs/*/_inbox/*", "jobs/day=1/_inbox/c.jsonl"):
        assert [source.uri for source in expand([f"s3://pages/{given}"])] == ["s3://pages/jobs/day=1/_inbox/c.jsonl"]


def test_two_stars_match_any_number_of_folders(bucket: Any) -> None:
    keys = [f"deep/{key}.jsonl" for key in ("a", "b/c", "b/d/e", "f/g/h/i")]
    for key in keys:
        bucket.put_object(Bucket="pages", Key=key, Body=b"{}")
    found = {
        given: [source.uri for source in expand([f"s3://pages/{given}"])]
        for given in ("deep/**/*.jsonl", "**/deep/**/[e-i].jsonl")
    }
    assert found == {
        "deep/**/*.jsonl": [f"s3://pages/{key}" for key in keys],
        "**/deep/**/[e-i].jsonl": [f"s3://pages/{key}" for key in keys[2:]],
    }


def test_objects_with_special_characters(bucket: Any) -> None:
    keys = ["odd/50%.jsonl", "odd/[1].jsonl", "odd/a b.jsonl", "odd/a#b.jsonl", "odd/a%20b.jsonl", "odd/a?b.jsonl"]
    for key in (*keys, "odd/axb.jsonl", "[o]/x.jsonl"):
        bucket.put_object(Bucket="pages", Key=key, Body=b"{}")
    found = [source.uri for source in expand(["s3://pages/odd/"])]
    assert found == [f"s3://pages/{key}" for key in sorted([*keys, "odd/axb.jsonl"])]
    for key in keys:
        (one,) = expand([f"s3://pages/{key}"])
        assert (one.uri, one.path) == (f"s3://pages/{key}", f"s3://pages/{key}")
        assert inspect(one).bytes == 2
    for given in ("[o]/", "[o]/*.jsonl"):
        assert [source.uri for source in expand([f"s3://pages/{given}"])] == ["s3://pages/[o]/x.jsonl"]


def test_tables_in_a_bucket(bucket: Any, tmp_path: Path) -> None:
    folder = tmp_path / "t"
    files(folder, "crawl=a%20b/old.parquet", "crawl=a%20b/new.parquet", "crawl=a%20b/uncommitted.parquet")
    old, new = (add(f"crawl=a%2520b/{name}.parquet", {"crawl": "a b"}) for name in ("old", "new"))
    write_log(folder, [protocol(), metadata("crawl"), old], [remove("crawl=a%2520b/old.parquet"), new])
    for file in folder.rglob("*.*"):
        bucket.put_object(Bucket="pages", Key=f"lake/{file.relative_to(tmp_path)}", Body=file.read_bytes())
    bucket.put_object(Bucket="pages", Key="lake/loose.parquet", Body=b"x")
    live = "s3://pages/lake/t/crawl=a%20b/new.parquet"
    for given in ("t/", "t/crawl=a%20b/", "t/*.parquet", "t/crawl=a%20b/*", "*/crawl=*/*", "t/crawl=a%20b/new.parquet"):
        (found,) = expand([f"s3://pages/lake/{given}"])
        assert (found.uri, dict(found.columns)) == (live, {"crawl": "a b", "dump": "a b"})
    told: list[str] = []
    assert [s.uri for s in expand(["s3://pages/lake/"], tell=told.append)] == ["s3://pages/lake/loose.parquet", live]
    assert told == [
        "s3://pages/lake/t/ is a Delta table: read at its version 1; "
        "passed over 2 files that this version does not have"
    ]
    with pytest.raises(UserError, match="is no file of version 1 of the Delta table s3://pages/lake/t/"):
        expand(["s3://pages/lake/t/crawl=a%20b/old.parquet"])
    bucket.put_object(Bucket="pages", Key="ice/metadata/v1.metadata.json", Body=b"{}")
    bucket.put_object(Bucket="pages", Key="ice/data/a.parquet", Body=b"x")
    for given in ("ice/", "ice/data/", "ice/data/*.parquet", "ice/data/a.parquet", ""):
        with pytest.raises(UserError, match="s3://pages/ice/ is an Iceberg table"):
            expand([f"s3://pages/{given}"])


def test_missing_objects(bucket: Any) -> None:
    with pytest.raises(SourceError, match="s3://pages/none: there is no such object"):
        open_at("s3://pages/none")
    for look in (open_at, lambda uri: inspect(Source(uri, uri))):
        with pytest.raises(SourceError, match="s3://none/x: there is no such bucket"):
            look("s3://none/x")
    with pytest.raises(SourceError, match="the address of a folder ends with /"):
        inspect(Source("s3://pages/none", "s3://pages/none"))
    with pytest.raises(UserError, match="no archive lies at the input s3://pages/none/"):
        expand(["s3://pages/none/"])


def test_without_credentials_the_store_is_asked_anonymously(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from botocore import UNSIGNED

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    assert s3_client.client(own=False).meta.config.signature_version is UNSIGNED
