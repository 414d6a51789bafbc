"""Files behind http and https."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from decantry.jobs.sources.reply import Reply, Retryable, byte_range
from decantry.jobs.sources.source import SourceError

if TYPE_CHECKING:
    import requests

TIMEOUT = (10.0, 60.0)
"""Seconds to wait for a connection, and for the next bytes."""


@cache
def _session() -> requests.Session:
    """One session a process, which keeps its connections."""
    import requests

    session = requests.Session()
    session.headers.update({"Accept-Encoding": "identity", "User-Agent": "decantry (archive reader)"})
    return session


def http_stat(uri: str) -> tuple[int | None, str | None]:
    """The file's size and etag (or time of modification). Raises SourceError or Retryable."""
    response = _request("HEAD", uri, {})
    response.close()
    size = response.headers.get("Content-Length")
    version = response.headers.get("ETag") or response.headers.get("Last-Modified")
    return (int(size) if size and size.isdigit() else None), version


def http_get(uri: str, offset: int, end: int | None = None) -> Reply:
    """The file's bytes from `offset` on, up to `end`. Raises SourceError or Retryable."""
    response = _request("GET", uri, byte_range(offset, end))
    version = response.headers.get("ETag") or response.headers.get("Last-Modified")
    if response.status_code == 416:
        return Reply(None, version, lambda size: b"", response.close)
    size = _size(response)
    if offset and response.status_code == 200:
        _pass_over(response, offset)
    return Reply(size, version, lambda count: _read(response, count), response.close)


def _request(method: str, uri: str, headers: dict[str, str]) -> requests.Response:
    import requests

    try:
        response = _session().request(method, uri, headers=headers, stream=True, timeout=TIMEOUT)
    except (requests.ConnectionError, requests.Timeout) as error:
        raise Retryable(f"no connection ({type(error).__name__})") from None
    except requests.RequestException as error:
        raise SourceError(f"{uri}: {error}") from None
    status = response.status_code
    if status in (200, 206, 416):
        return response
    response.close()
    if status in (408, 425, 429) or status >= 500:
        wait = response.headers.get("Retry-After", "")
        raise Retryable(f"the server answers {status}", float(wait) if wait.isdigit() else None)
    what = {404: "there is no such file", 403: "it may not be read", 401: "it may not be read"}
    raise SourceError(f"{uri}: {what.get(status, 'the server refuses')} ({status})")


def _size(response: requests.Response) -> int | None:
    total = response.headers.get("Content-Range", "").rpartition("/")[2]
    if not total and response.status_code == 200:
        total = response.headers.get("Content-Length", "")
    return int(total) if total.isdigit() else None


def _read(response: requests.Response, count: int) -> bytes:
    import urllib3

    try:
        data: bytes = response.raw.read(count, decode_content=False)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise Retryable(f"the connection broke ({type(error).__name__})") from None
    return data


def _pass_over(response: requests.Response, count: int) -> None:
    """Read past the first bytes, for a server that does not know ranges."""
    while count > 0:
        data = _read(response, min(count, 1 << 20))
        if not data:
            break
        count -= len(data)
