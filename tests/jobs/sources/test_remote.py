"""Files on a server that answers late, wrongly or not at all."""

from __future__ import annotations

import pytest

from decantry.jobs.sources.random_access import RandomAccess
from decantry.jobs.sources.source import Source, inspect, open_at
from decantry.jobs.store import pace, retries
from decantry.jobs.store.errors import SourceError
from tests.jobs.sources.served import BYTES
from tests.jobs.stores import Store


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


def test_a_server_that_recovers_is_asked_again(server: Store) -> None:
    server.files["/a"] = BYTES
    server.troubles += ["503", "429", "break1000", "500", "break70000", "break0"]
    with open_at(f"{server.address}/a", 10) as stream:
        assert stream.read() == BYTES[10:]
    assert [span for _, _, span in server.asked][:4] == ["bytes=10-"] * 3 + ["bytes=1010-"]


def test_a_range_that_is_not_named_is_not_taken(server: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "ATTEMPTS", 2)
    server.files["/a"] = BYTES
    server.troubles += ["206"] * 2
    with pytest.raises(SourceError, match="answers a range that it does not name instead of that from 10"):
        open_at(f"{server.address}/a", 10)


def test_a_server_without_ranges(server: Store) -> None:
    server.files["/a"], server.ranges = BYTES, False
    with open_at(f"{server.address}/a", 500_000) as stream:
        assert stream.read() == BYTES[500_000:]


@pytest.mark.parametrize(("status", "line"), [("404", "there is no such file"), ("403", "may not be read")])
def test_a_refusal_is_not_tried_again(server: Store, status: str, line: str) -> None:
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
    """At the start, or while the reader skips bytes that it already has, because the server does not support ranges."""
    monkeypatch.setattr(pace, "PERIOD", 0.2)
    monkeypatch.setattr(retries, "ATTEMPTS", 4)
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
