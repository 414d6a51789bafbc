from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.sources import expand as expanding
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.names import format_by_name, is_list
from decantry.jobs.sources.random_access import RandomAccess
from decantry.jobs.sources.source import Source, inspect, open_at
from decantry.jobs.store import pace, patience, s3_client
from decantry.jobs.store.errors import SourceError
from tests.jobs.delta_folders import add, metadata, protocol, remove, write_log
from tests.jobs.stores import Store, store

CC = "crawl-data/CC-MAIN-2024-22/segments/1/warc/CC-MAIN-1-00000.warc.gz"
BYTES = bytes(range(256)) * 4000


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(patience, "LONGEST_WAIT", 0.01)
    with store() as opened:
        yield opened


def files(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return [str(folder / name) for name in names]


def test_files_folders_and_globs(tmp_path: Path) -> None:
    a, b, c = files(tmp_path, "a.warc.gz", "deep/b.wet", "deep/er/c.jsonl")
    files(tmp_path, "notes.md", ".hidden.warc", "_tmp/x.warc")
    assert [source.uri for source in expand([a, a])] == [a]
    assert [source.uri for source in expand([str(tmp_path)])] == [a, b, c]
    assert [source.uri for source in expand([f"{tmp_path}/deep/**/*.jsonl", a])] == [c, a]
    assert [source.uri for source in expand([str(tmp_path)], limit=2)] == [a, b]
    assert expand([a])[0].path == a


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ([], "no input was named"),
        ([""], "an --input is empty"),
        ([" "], "an --input is empty"),
        (["{}/rows.txt"], "the list {}/rows.txt holds JSON and no paths"),
        (["{}/nothing.warc.gz"], "there is no such path as the input {}/nothing.warc.gz"),
        (["{}/*.warc.gz"], "no file matches the input {}/\\*.warc.gz"),
        (["{}/empty"], "the folder {}/empty holds no archives"),
        (["gopher://x/y"], "the input gopher://x/y has the scheme gopher, which is not known"),
        (["s3://"], "names no bucket"),
        (["{}/empty.paths"], "the list {}/empty.paths names no archive"),
        (["{}/bad.txt"], "names ssh://x/y, whose scheme is not known"),
        (["{}/no.paths.gz"], "cannot read the input {}/no.paths.gz: No such file"),
    ],
)
def test_inputs_that_name_nothing(tmp_path: Path, given: list[str], line: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "rows.txt").write_text('{"text": "A row."}\n')
    (tmp_path / "empty.paths").write_text("\n# nothing\n")
    (tmp_path / "bad.txt").write_text("ssh://x/y\n")
    with pytest.raises(UserError, match=line.format(tmp_path)) as caught:
        expand([one.format(tmp_path) for one in given])
    assert "\n" not in str(caught.value)


def test_a_limit_must_be_positive(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--limit 0"):
        expand([str(tmp_path)], limit=0)


def test_a_list_of_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = tmp_path / "warc.paths.gz"
    listed.write_bytes(gzip.compress(f"{CC}\n# a comment\n\nother.warc.gz\n/abs/x.warc\n".encode()))
    found = expand([str(listed)])
    assert [source.uri for source in found] == [
        f"https://data.commoncrawl.org/{CC}",
        f"{tmp_path}/other.warc.gz",
        "/abs/x.warc",
    ]
    assert found[0].path == CC
    monkeypatch.setenv("DECANTRY_COMMONCRAWL", "s3://commoncrawl")
    assert expand([str(listed)], limit=1)[0].uri == f"s3://commoncrawl/{CC}"
    files(tmp_path, CC)
    assert expand([str(listed)], limit=1)[0].uri == f"{tmp_path}/{CC}"


def test_a_list_on_a_mirror_means_the_mirror(server: Store) -> None:
    path = "/cc/crawl-data/CC-MAIN-2024-22/warc.paths.gz"
    server.files[path] = gzip.compress(CC.encode() + b"\n")
    found = expand([server.address + path])
    assert [(source.uri, source.path) for source in found] == [(f"{server.address}/cc/{CC}", CC)]


def test_a_text_file_of_records_is_no_list(tmp_path: Path) -> None:
    file = tmp_path / "records.txt"
    file.write_bytes(b"WARC/1.0\r\n")
    assert [source.uri for source in expand([str(file)])] == [str(file)]


def test_a_list_that_is_too_long_is_not_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "all.paths"
    file.write_text("a.warc.gz\nb.warc.gz\n")
    monkeypatch.setattr(expanding, "LONGEST_LIST", 20)
    assert len(expand([str(file)])) == 2
    monkeypatch.setattr(expanding, "LONGEST_LIST", 19)
    with pytest.raises(UserError, match=r"the list .*all\.paths has more than 0 MiB: name its parts, each a list"):
        expand([str(file)])


def test_formats_by_name() -> None:
    names = ["a.warc.gz", "a.WARC", "a.warc.wet.gz", "a.wet.zst", "a.jsonl", "b.ndjson.gz", "x.parquet", "a.bin"]
    expected = ["warc", "warc", "wet", "wet", "jsonl", "jsonl", "parquet", None]
    assert [format_by_name(name) for name in names] == expected
    assert is_list("https://x/warc.paths.gz?y=z") and is_list("all.txt") and not is_list("a.jsonl")


def test_a_remote_file_from_an_offset(server: Store) -> None:
    server.files["/a"] = BYTES
    uri = f"{server.address}/a"
    assert inspect(Source(uri, uri)) == Source(uri, uri, len(BYTES), '"1"')
    with open_at(uri, 1000) as stream:
        assert stream.tell() == 1000
        assert stream.read() == BYTES[1000:]
    with open_at(uri, len(BYTES)) as stream:
        assert stream.read() == b""
    server.asked.clear()
    with open_at(uri, 300, 50) as stream:
        assert stream.read() == BYTES[300:350]
    assert server.asked == [("GET", "/a", "bytes=300-349")]


def test_troubles_that_pass(server: Store) -> None:
    server.files["/a"] = BYTES
    server.troubles += ["503", "429", "break1000", "500", "break70000", "break0"]
    with open_at(f"{server.address}/a", 10) as stream:
        assert stream.read() == BYTES[10:]
    assert [span for _, _, span in server.asked][:4] == ["bytes=10-"] * 3 + ["bytes=1010-"]


def test_a_range_that_is_not_named_is_not_taken(server: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "ATTEMPTS", 2)
    server.files["/a"] = BYTES
    server.troubles += ["206"] * 2
    with pytest.raises(SourceError, match="answers a range that it does not name instead of that from 10"):
        open_at(f"{server.address}/a", 10)


def test_a_server_without_ranges(server: Store) -> None:
    server.files["/a"], server.ranges = BYTES, False
    with open_at(f"{server.address}/a", 500_000) as stream:
        assert stream.read() == BYTES[500_000:]


@pytest.mark.parametrize(("status", "line"), [("404", "there is no such file"), ("403", "may not be read")])
def test_troubles_that_stay(server: Store, status: str, line: str) -> None:
    server.files["/a"] = BYTES
    server.troubles += [status]
    with pytest.raises(SourceError, match=line):
        open_at(f"{server.address}/a")
    assert len(server.asked) == 1


def test_giving_up(server: Store) -> None:
    server.files["/a"] = BYTES
    server.troubles += ["503"] * 50
    with pytest.raises(SourceError, match="answers 503 \\(10 attempts\\)"):
        open_at(f"{server.address}/a")
    assert len(server.asked) == 10


@pytest.mark.parametrize("first", ["drip", "break70000"])
def test_a_server_that_drips_is_given_up(server: Store, monkeypatch: pytest.MonkeyPatch, first: str) -> None:
    """From the start, or while the bytes that are had already are passed over, for it knows no ranges."""
    monkeypatch.setattr(pace, "PERIOD", 0.2)
    monkeypatch.setattr(patience, "ATTEMPTS", 4)
    server.files["/a"] = BYTES
    server.ranges = False
    server.troubles += [first] + ["drip"] * 10
    with pytest.raises(SourceError, match=r"the connection gave \d+ bytes in \d+ s \(4 attempts\)"):
        open_at(f"{server.address}/a").read()
    assert len(server.asked) == 4


def test_a_file_that_changes_while_it_is_read(server: Store) -> None:
    server.files["/a"] = BYTES
    server.troubles += ["break5000"]
    stream = open_at(f"{server.address}/a")
    server.etags["/a"] = '"2"'
    with pytest.raises(SourceError, match="it changed while it was read"):
        stream.read()


def test_random_access(server: Store) -> None:
    server.files["/a"] = BYTES
    with RandomAccess(Source(f"{server.address}/a", "a")) as file:
        assert file.seek(-5, 2) == len(BYTES) - 5
        assert file.read(9) == BYTES[-5:]
        file.seek(7)
        assert (file.read(3), file.tell()) == (BYTES[7:10], 10)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in (("ACCESS_KEY_ID", "test"), ("SECRET_ACCESS_KEY", "test"), ("DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setattr(patience, "LONGEST_WAIT", 0.01)
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
        "the input s3://pages/jobs/: passed over 3 files below names that begin with _ or . "
        "(_temporary 1, .d.jsonl 1, _inbox 1)"
    )
    assert len(told) == 4
    for given in ("jobs/day=1/_inbox/", "jobs/*/_inbox/*", "jobs/day=1/_inbox/c.jsonl"):
        assert [source.uri for source in expand([f"s3://pages/{given}"])] == ["s3://pages/jobs/day=1/_inbox/c.jsonl"]


def test_objects_with_odd_letters(bucket: Any) -> None:
    keys = ["odd/50%.jsonl", "odd/[1].jsonl", "odd/a b.jsonl", "odd/a#b.jsonl", "odd/a%20b.jsonl", "odd/a?b.jsonl"]
    for key in (*keys, "odd/axb.jsonl", "[o]/x.jsonl"):
        bucket.put_object(Bucket="pages", Key=key, Body=b"{}")
    found = [source.uri for source in expand(["s3://pages/odd/"])]
    assert found == [f"s3://pages/{key}" for key in sorted([*keys, "odd/axb.jsonl"])]
    for key in keys:
        (one,) = expand([f"s3://pages/{key}"])
        assert (one.uri, one.path) == (f"s3://pages/{key}", f"s3://pages/{key}")
        assert inspect(one).bytes == 2
    assert [source.uri for source in expand(["s3://pages/[o]/"])] == ["s3://pages/[o]/x.jsonl"]


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


def test_objects_that_are_not_there(bucket: Any) -> None:
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
