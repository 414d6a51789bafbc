"""Lists and redirects that would lead the reader inside: row 31 of the faults."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from decantry.jobs.process.address import public
from decantry.jobs.process.errors import UserError
from decantry.jobs.sources import guarded, private_hosts
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.source import Source, inspect, open_at
from decantry.jobs.store.errors import SourceError
from tests.jobs.stores import Store, store


@pytest.fixture(autouse=True)
def nothing_private_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DECANTRY_PRIVATE_HOSTS", raising=False)
    monkeypatch.delenv("DECANTRY_BUCKETS", raising=False)
    guarded.session.cache_clear()


@pytest.fixture
def server() -> Iterator[Store]:
    with store() as opened:
        opened.files["/a"] = b"inside"
        yield opened


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is in a private network"),
        ("http://127.0.0.1:8080/x.warc.gz", "127.0.0.1 is in a private network"),
        ("http://localhost/x.warc.gz", "localhost is in a private network"),
        ("https://10.0.0.7/x.warc.gz", "10.0.0.7 is in a private network"),
        ("http://[::1]/x.warc.gz", "::1 is in a private network"),
        ("http://[::ffff:192.168.1.1]/x.warc.gz", "is in a private network"),
        ("http://[fd00::7]/x.warc.gz", "fd00::7 is in a private network"),
        ("file:///etc/passwd", "a list may not name file:// addresses"),
        ("FILE:///etc/passwd", "a list may not name file:// addresses"),
        ("ftp://example.org/x.warc.gz", "whose scheme is not known"),
        ("gopher://example.org/x", "whose scheme is not known"),
        ("s3://somebody-else/x.warc.gz", "the bucket somebody-else is not one of the inputs'"),
    ],
)
def test_a_list_may_not_name_internal_addresses(tmp_path: Path, line: str, why: str) -> None:
    listing = tmp_path / "warc.paths"
    listing.write_text(line + "\n")
    with pytest.raises(UserError) as told:
        expand([str(listing)])
    assert why in str(told.value) and str(listing) in str(told.value)
    assert "\n" not in str(told.value)


def test_buckets_that_a_list_may_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = tmp_path / "warc.paths"
    listing.write_text(
        "s3://commoncrawl/crawl-data/CC-MAIN-2024-22/a.warc.gz\ns3://mine/b.warc.gz\ns3://ours/c.warc.gz\n"
    )
    monkeypatch.setenv("DECANTRY_BUCKETS", "theirs, ours")
    assert len(expand([str(listing), "s3://mine/else.warc.gz"])) == 4
    with pytest.raises(UserError, match="the bucket mine"):
        expand([str(listing)])


@pytest.mark.parametrize("line", ["/etc/passwd", "../../secret.warc.gz"])
def test_a_list_from_elsewhere_may_not_name_files_of_this_machine(
    server: Store, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setenv("DECANTRY_PRIVATE_HOSTS", "127.0.0.1")
    server.files["/cc/warc.paths"] = line.encode()
    with pytest.raises(UserError, match="a list from elsewhere may not"):
        expand([f"{server.address}/cc/warc.paths"])


def test_local_addresses_are_read_only_on_request(server: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    uri = f"{server.address}/a"
    for ask in (lambda: open_at(uri), lambda: inspect(Source(uri, uri)), lambda: expand([f"{uri}.paths"])):
        with pytest.raises((SourceError, UserError), match=r"127\.0\.0\.1 is in a private network"):
            ask()
    assert server.asked == []
    monkeypatch.setenv("DECANTRY_PRIVATE_HOSTS", "127.0.0.1")
    assert open_at(uri).read() == b"inside"


def test_a_host_that_resolves_to_a_private_address_is_not_requested(
    server: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with DNS rebinding: the name looks public, the address that is connected to is not."""
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: [(2, 1, 6, "", server.server_address)])
    with pytest.raises(SourceError, match=r"archives\.example\.org is in a private network"):
        open_at("http://archives.example.org/a")
    assert server.asked == []


@contextmanager
def redirecting(target: str, asked: list[str] | None = None) -> Iterator[str]:
    """A server, or proxy, that redirects every request to `target`. The requests are appended to `asked`."""

    class Redirect(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if asked is not None:
                asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", target)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_CONNECT = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    at = ThreadingHTTPServer(("127.0.0.1", 0), Redirect)
    threading.Thread(target=at.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{at.server_address[1]}/a"
    finally:
        at.shutdown()
        at.server_close()


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("http://127.0.0.2:{port}/a", "it redirects to 127.0.0.2: 127.0.0.2 is in a private network"),
        ("http://localhost:{port}/a", "localhost is in a private network"),
        ("file:///etc/passwd", "redirects to file:///etc/passwd, which is not followed"),
        ("ftp://example.org/a", "which is not followed"),
        ("http://[half/a", "no request could be made"),
        (f"http://{'long' * 20}.example.org/a", "no request could be made"),
    ],
)
def test_a_redirect_to_a_private_address_is_refused(
    server: Store, monkeypatch: pytest.MonkeyPatch, target: str, why: str
) -> None:
    monkeypatch.setattr(private_hosts, "is_opted_in", lambda host: host == "127.0.0.1" and not inside)
    inside: list[int] = []
    port = server.server_address[1]
    with redirecting(target.format(port=port)) as uri:
        if "localhost" in target:  # the name resolves to an address that was allowed: the name itself is judged too
            monkeypatch.setattr(private_hosts, "may_connect", lambda host, peer: host == "127.0.0.1")
            monkeypatch.setattr(guarded, "may_connect", lambda host, peer: host == "127.0.0.1")
        for ask in (lambda: open_at(uri), lambda: inspect(Source(uri, uri))):
            with pytest.raises(SourceError) as told:
                ask()
            assert why in str(told.value)
    assert server.asked == []


def test_redirects_to_what_is_allowed_are_followed_but_not_for_ever(
    server: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DECANTRY_PRIVATE_HOSTS", "127.0.0.1")
    with redirecting(f"{server.address}/a") as uri:
        assert open_at(uri).read() == b"inside"
    with redirecting("/again") as uri, pytest.raises(SourceError, match="more than 5 times"):
        open_at(uri)


INSIDE = [
    "169.254.169.254",
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "localhost.",
    "%31%32%37.0.0.1",
    "[::ffff:10.0.0.1]",
    "[64:ff9b::7f00:1]",
    "168.63.129.16",
]


@pytest.mark.parametrize("host", INSIDE)
def test_a_proxy_is_not_asked_for_private_addresses(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """The proxy, on the loopback itself, would go there: it answers the first request with a redirect inside."""
    asked: list[str] = []
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with redirecting(f"http://{host}/latest/meta-data/", asked) as proxy:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
            monkeypatch.setenv(name, proxy.removesuffix("/a"))
        with pytest.raises(SourceError, match=r"it redirects to .* is in a private network"):
            open_at("http://archives.example.org/a")
        for scheme in ("http", "https"):
            with pytest.raises(SourceError, match="is in a private network"):
                open_at(f"{scheme}://{host}/latest/meta-data/")
    assert asked == ["http://archives.example.org/a"]


@pytest.mark.parametrize("peer", ["8.8.8.8", "168.63.129.17", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses(peer: str) -> None:
    assert private_hosts.is_public(peer)


@pytest.mark.parametrize(
    "peer",
    (
        *("0.0.0.0", "10.1.1.1", "100.64.0.1", "127.9.9.9", "169.254.1.1", "192.168.0.1", "224.0.0.1", "::", "::1"),
        *("fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "2002:7f00:1::", "168.63.129.16", "64:ff9b::a83f:8110"),
        *("64:ff9b::a00:1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "64:ff9b:1:ffff::8.8.8.8", "fec0::1", "feff::1"),
        *("::7f00:1", "::808:808", "::ffff:0:a00:1", "ff02::1"),
    ),
)
def test_addresses_that_are_not_public(peer: str) -> None:
    assert not private_hosts.is_public(peer)


def test_addresses_are_reported_without_credentials() -> None:
    signed = "https://user:pass@host.org/a.warc.gz?X-Amz-Signature=abc123&part=2&X-Amz-Security-Token=zzz"
    assert public(signed) == "https://host.org/a.warc.gz?part=2"
    found = expand([signed])[0]
    assert (found.uri, found.path) == (signed, "https://host.org/a.warc.gz?part=2")


@pytest.mark.parametrize(
    ("uri", "told"),
    [
        ("https://h.example.org/a.warc.gz?sv=1&sig=S%2B1&se=2&v=3", "https://h.example.org/a.warc.gz?sv=1&v=3"),
        ("https://h.example.org/a?key=K&jwt=J;auth=A&page=2", "https://h.example.org/a?page=2"),
        ("https://u:p@h.example.org/@a", "https://h.example.org/@a"),
        ("https://h.example.org:8080/b@c?x=1", "https://h.example.org:8080/b@c?x=1"),
        ("s3a://AKIA:abc/def+x@bucket/y", "s3a://bucket/y"),
        ("s3://bucket/a@b", "s3://bucket/a@b"),
    ],
)
def test_an_address_is_reported_without_credentials(uri: str, told: str) -> None:
    assert public(uri) == told
