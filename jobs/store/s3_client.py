"""The S3 clients of a process: the standard credential chain, an endpoint, one request rate for all inputs.

| variable | meaning |
|---|---|
| `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL` | a store other than AWS's |
| `DECANTRY_S3_ACCESS` | `anonymous` signs nothing; `requester-pays` accepts the costs; else signed, with credentials |
| `DECANTRY_S3_REQUESTS` | how many requests of a process may wait for an answer at once (16) |
"""

from __future__ import annotations

import os
import threading
from functools import cache, lru_cache
from typing import Any

from decantry.jobs.process.errors import UserError

ACCESS = ("anonymous", "requester-pays")
REQUESTS = 16
TIMEOUTS = (10.0, 60.0)
"""Seconds to wait for a connection, and for the next bytes."""
READ = ("AWS_", "DECANTRY_S3_")
"""The beginnings of the names of the environment variables that a client reads."""
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
"""Names that a client also reads in lower case."""
READ_BY_NAME = ("HOME", "USERPROFILE", "REQUESTS_CA_BUNDLE", *PROXIES, *map(str.lower, PROXIES))
"""Other environment variables that a client reads. Files with credentials are in HOME and USERPROFILE."""
_MAKING = threading.Lock()
"""Held while a client is created, so that threads which start together share one."""


def client(*, own: bool) -> Any:
    """The client for inputs, or for the user's `own` lake, whose requests are signed in any case.

    All calls under the same environment variables share one client. Its request rate adapts: it drops after a SlowDown
    and then rises slowly.
    """
    with _MAKING:
        return _client(own, _environment())


def renew() -> None:
    """Make the next client look up credentials again."""
    with _MAKING:
        _client.cache_clear()


def _environment() -> tuple[tuple[str, str], ...]:
    """The environment variables that a client is made of, sorted by name."""
    return tuple(sorted(item for item in os.environ.items() if item[0].startswith(READ) or item[0] in READ_BY_NAME))


@lru_cache(maxsize=4)
def _client(own: bool, environment: tuple[tuple[str, str], ...]) -> Any:
    import boto3
    from botocore import UNSIGNED
    from botocore.config import Config

    session = boto3.Session()
    options: dict[str, Any] = {
        # one attempt: the reader repeats requests, because it knows its progress; the rate is kept here
        "retries": {"mode": "adaptive", "total_max_attempts": 1},
        "connect_timeout": TIMEOUTS[0],
        "read_timeout": TIMEOUTS[1],
        "max_pool_connections": requests_at_a_time(),
        "s3": {"addressing_style": "path"} if endpoint() else {},
        "request_checksum_calculation": "when_required",
        "response_checksum_validation": "when_required",
    }
    if (access() == "anonymous" and not own) or session.get_credentials() is None:
        options["signature_version"] = UNSIGNED
    return session.client("s3", region_name=region(), endpoint_url=endpoint(), config=Config(**options))


def region() -> str:
    """The region from the environment or the profile; else us-east-1, where Common Crawl is."""
    named = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")  # boto3 does not know the first
    if named:
        return named
    import boto3

    return str(boto3.Session().region_name or "us-east-1")


def endpoint() -> str | None:
    """The store's address if it is not AWS's."""
    return os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or None


def access() -> str | None:
    """The value of DECANTRY_S3_ACCESS: how inputs are requested. Raises UserError for an unknown value."""
    word = os.environ.get("DECANTRY_S3_ACCESS") or None
    if word is not None and word not in ACCESS:
        raise UserError(f"DECANTRY_S3_ACCESS is {word}: use {' or '.join(ACCESS)}, or leave it out")
    return word


def paying() -> dict[str, Any]:
    """The parameters of a read request if the requester pays."""
    return {"RequestPayer": "requester"} if access() == "requester-pays" else {}


def slots() -> threading.BoundedSemaphore:
    """A semaphore that a request holds while it waits for an answer."""
    with _MAKING:
        return _slots(requests_at_a_time())


@cache
def _slots(number: int) -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(number)


def requests_at_a_time() -> int:
    """The limit on requests at once. Raises UserError if DECANTRY_S3_REQUESTS is not a number."""
    given = os.environ.get("DECANTRY_S3_REQUESTS", str(REQUESTS))
    if not given.isdigit() or int(given) < 1:
        raise UserError(f"DECANTRY_S3_REQUESTS is {given}: use a number of 1 or more")
    return int(given)
