"""Files behind http and https."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from decantry.jobs.process.address import host_of, public
from decantry.jobs.sources.guarded import PrivateHost, session
from decantry.jobs.sources.names import scheme
from decantry.jobs.sources.private_hosts import private_line
from decantry.jobs.store.errors import SourceError
from decantry.jobs.store.pace import Pace
from decantry.jobs.store.reply import Reply, Retryable, byte_range, piece_of, range_of, require_range

if TYPE_CHECKING:
    import requests

TIMEOUT = (10.0, 60.0)
"""Seconds to wait for a connection, and for the next bytes."""
REDIRECTS = 5
"""How many redirects are followed."""


def http_stat(uri: str) -> tuple[int | None, str | None]:
    """The file's size and etag (or time of modification). Raises SourceError or Retryable."""
    response = _request("HEAD", uri, {})
    response.close()
    size = response.headers.get("Content-Length")
    return (int(size) if size and size.isdigit() else None), _version(response)


def http_get(uri: str, offset: int, end: int | None = None) -> Reply:
    """The file's bytes from `offset` on, up to `end`. Raises SourceError or Retryable."""
    response = _request("GET", uri, byte_range(offset, end))
    if response.status_code == 416:
        return Reply(None, _version(response), lambda size: b"", response.close)
    begin, size = range_of(response.headers.get("Content-Range"))
    try:
        if response.status_code == 206:
            require_range(begin, offset)
        else:
            length = response.headers.get("Content-Length", "")
            size = int(length) if length.isdigit() else None
            _pass_over(response, offset)
    except Retryable:
        response.close()
        raise
    return Reply(size, _version(response), lambda count: piece_of(response.raw, count), response.close)


def _version(response: requests.Response) -> str | None:
    return response.headers.get("ETag") or response.headers.get("Last-Modified")


def _request(method: str, uri: str, headers: dict[str, str]) -> requests.Response:
    """The answer after redirects, which may not lead to other schemes, from https to http, or to private hosts."""
    at = uri
    for _ in range(REDIRECTS + 1):
        response = _one(method, uri, at, headers)
        if not response.is_redirect:
            return _judged(uri, response)
        response.close()
        target = urljoin(at, response.headers["Location"])
        if scheme(target) not in ("http", "https") or (scheme(at) == "https" and scheme(target) == "http"):
            raise SourceError(f"{public(uri)}: it redirects to {public(target)[:200]}, which is not followed")
        at = target
    raise SourceError(f"{public(uri)}: it redirects more than {REDIRECTS} times")


def _one(method: str, uri: str, at: str, headers: dict[str, str]) -> requests.Response:
    import requests
    import urllib3

    try:
        return session().request(method, at, headers=headers, stream=True, timeout=TIMEOUT, allow_redirects=False)
    except PrivateHost as error:
        turn = "" if at == uri else f"it redirects to {host_of(at)}: "
        raise SourceError(f"{public(uri)}: {turn}{private_line(error.host)}") from None
    except (requests.ConnectionError, requests.Timeout) as error:
        raise Retryable(f"no connection ({type(error).__name__})") from None
    except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError) as error:
        raise SourceError(f"{public(uri)}: no request could be made ({type(error).__name__})") from None


def _judged(uri: str, response: requests.Response) -> requests.Response:
    status = response.status_code
    if status in (200, 206, 416):
        return response
    response.close()
    if status in (408, 425, 429) or status >= 500:
        wait = response.headers.get("Retry-After", "")
        throttled = status in (429, 503)
        raise Retryable(f"the server answers {status}", float(wait) if wait.isdigit() else None, throttled=throttled)
    what = {404: "there is no such file", 403: "it may not be read", 401: "it may not be read"}
    raise SourceError(f"{public(uri)}: {what.get(status, 'the server refuses')} ({status})")


def _pass_over(response: requests.Response, count: int) -> None:
    """Skip the first bytes, for a server that does not support ranges. Raises Retryable."""
    pace = Pace()
    while count > 0:
        data = pace.timed(lambda size: piece_of(response.raw, size), min(count, 1 << 20))
        if not data:
            break
        count -= len(data)
        pace.judge()
