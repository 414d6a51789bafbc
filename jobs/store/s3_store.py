"""Objects on S3."""

from __future__ import annotations

from typing import Any, BinaryIO

from decantry.jobs.process.address import public
from decantry.jobs.store.errors import SourceError
from decantry.jobs.store.reply import Reply, Retryable, byte_range, piece_of, range_of, require_range
from decantry.jobs.store.s3_client import client, paying, renew, slots

THROTTLING = {
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "RequestLimitExceeded",
    "503",
    "429",
    "ServiceUnavailable",
}
PASSING = THROTTLING | {"InternalError", "RequestTimeout", "OperationAborted", "500", "502", "504"}
"""Error codes after which a request is repeated."""
EXPIRED = {"ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired"}
DENIED = {"403", "AccessDenied", "AllAccessDisabled", "AllAccessDisabledException"}
UNTOLD = {"400", "403", "404"}
"""The error codes of a HEAD request, whose answer has no body with the reason."""
FOLDERS = ("/", "_$folder$")
"""Endings of the keys of empty objects that stand for folders."""


def split(uri: str) -> tuple[str, str]:
    """The bucket and the key of an s3 URI."""
    bucket, _, key = uri.split("://", 1)[1].partition("/")
    return bucket, key


def s3_stat(uri: str) -> tuple[int | None, str | None]:
    """The object's size and etag. Raises SourceError or Retryable."""
    bucket, key = split(uri)
    answer = _call(uri, "head_object", Bucket=bucket, Key=key, **paying())
    return answer["ContentLength"], answer.get("ETag")


def s3_get(uri: str, offset: int, end: int | None = None) -> Reply:
    """The object's bytes from `offset` on, up to `end`. Raises SourceError or Retryable."""
    bucket, key = split(uri)
    span: dict[str, Any] = byte_range(offset, end) or {
        "Range": "bytes=0-"
    }  # the answer to a range request has the whole size
    try:
        answer = _call(uri, "get_object", Bucket=bucket, Key=key, **span, **paying())
    except PastEnd:
        return Reply(None, None, lambda size: b"", lambda: None)
    body = answer["Body"]
    begin, size = range_of(answer.get("ContentRange"))
    try:
        require_range(begin if begin is not None else 0, offset)
    except Retryable:
        body.close()
        raise
    size = int(answer["ContentLength"]) if size is None else size
    stream = getattr(body, "_raw_stream", body)  # returns bytes as they arrive; the body would wait for all of them
    return Reply(size, answer.get("ETag"), lambda count: piece_of(stream, count), body.close)


def s3_list(uri: str) -> list[str]:
    """The objects whose keys begin with the URI's, as URIs, without folders. Raises SourceError or Retryable."""
    bucket, _ = split(uri)
    return [
        f"s3://{bucket}/{entry['Key']}"
        for page in _pages(uri)
        for entry in page.get("Contents", [])
        if entry["Size"] or not entry["Key"].endswith(FOLDERS)
    ]


def s3_beside(uri: str) -> list[str]:
    """The objects directly under a prefix that ends with `/`, as URIs. Raises SourceError or Retryable."""
    bucket, _ = split(uri)
    pages = _pages(uri, Delimiter="/")
    return [f"s3://{bucket}/{entry['Key']}" for page in pages for entry in page.get("Contents", [])]


def s3_folders(uri: str) -> list[str]:
    """The lake's folders directly under a prefix that ends with `/`, by name. Raises SourceError or Retryable."""
    found = [
        entry["Prefix"] for page in _pages(uri, own=True, Delimiter="/") for entry in page.get("CommonPrefixes", [])
    ]
    return [prefix.rstrip("/").rsplit("/", 1)[-1] for prefix in found]


def s3_any(uri: str) -> bool:
    """Whether the lake has an object whose key begins with the URI's. Raises SourceError or Retryable."""
    bucket, key = split(uri)
    return bool(_call(uri, "list_objects_v2", own=True, Bucket=bucket, Prefix=key, MaxKeys=1).get("Contents"))


def s3_put(uri: str, content: BinaryIO) -> None:
    """Put the whole file there, in one request of at most 5 GB. Raises SourceError or Retryable."""
    bucket, key = split(uri)
    _call(uri, "put_object", own=True, Bucket=bucket, Key=key, Body=content)


def s3_remove(uri: str) -> None:
    """Remove the lake's objects whose keys begin with the URI's. Raises SourceError or Retryable."""
    bucket, _ = split(uri)
    for page in list(_pages(uri, own=True)):
        keys = [{"Key": entry["Key"]} for entry in page.get("Contents", [])]
        if keys:
            _call(uri, "delete_objects", own=True, Bucket=bucket, Delete={"Objects": keys, "Quiet": True})


def _pages(uri: str, *, own: bool = False, **arguments: str) -> list[dict[str, Any]]:
    bucket, prefix = split(uri)
    pages: list[dict[str, Any]] = []
    more: dict[str, str] = {}
    while True:
        page = _call(uri, "list_objects_v2", own=own, Bucket=bucket, Prefix=prefix, **arguments, **paying(), **more)
        pages.append(page)
        if not page.get("IsTruncated"):
            return pages
        more = {"ContinuationToken": page["NextContinuationToken"]}


class PastEnd(Exception):
    """The range begins at or after the object's end."""


def _call(uri: str, operation: str, *, own: bool = False, **arguments: Any) -> dict[str, Any]:
    """The store's answer. If credentials have expired, they are looked up once more: they may have been renewed."""
    code = ""
    for renewed in (False, True):
        if "Body" in arguments:
            arguments["Body"].seek(0)
        try:
            return _asked(uri, operation, arguments, own=own)
        except Refused as refused:
            code = refused.code
            if operation == "head_object" and code in UNTOLD:
                code = _reason(uri, arguments) or code
            if code not in EXPIRED or renewed:
                break
            renew()
    if operation == "put_object" and code in DENIED:
        raise SourceError(f"{public(uri)}: it may not be written: check the credentials and the bucket's policy")
    raise SourceError(f"{public(uri)}: {_explained(code)}")


def _reason(uri: str, arguments: dict[str, Any]) -> str | None:
    """Why an object may not be read, found by requesting its first byte; None if it may be read."""
    try:
        _asked(uri, "get_object", {**arguments, "Range": "bytes=0-0"})["Body"].close()
    except Refused as refused:
        return refused.code
    except PastEnd:
        pass
    return None


class Refused(Exception):
    """The store refuses for a reason that repeating does not change; holds the store's code."""

    def __init__(self, code: str) -> None:
        """`code` is the store's error code."""
        super().__init__(code)
        self.code = code


def _asked(uri: str, operation: str, arguments: dict[str, Any], *, own: bool = False) -> dict[str, Any]:
    """Make one request. Raises Refused, PastEnd, Retryable, and SourceError for an error on this side."""
    from botocore.exceptions import BotoCoreError, ClientError, ConnectionError, HTTPClientError, SSLError

    try:
        with slots():
            answer: dict[str, Any] = getattr(client(own=own), operation)(**arguments)
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        about = error.response.get("ResponseMetadata", {})
        if code in ("InvalidRange", "416"):
            raise PastEnd from None
        if code in PASSING or about.get("HTTPStatusCode", 0) >= 500:
            wait = str(about.get("HTTPHeaders", {}).get("retry-after", ""))
            message = f"the store answers {code}"
            raise Retryable(message, float(wait) if wait.isdigit() else None, throttled=code in THROTTLING) from None
        raise Refused(code) from None
    except (ConnectionError, HTTPClientError) as error:
        if isinstance(error, SSLError):
            raise SourceError(f"{public(uri)}: the store's certificate is not trusted") from None
        raise Retryable(f"no connection ({type(error).__name__})") from None
    except BotoCoreError as error:
        raise SourceError(f"{public(uri)}: no request could be made ({type(error).__name__})") from None
    return answer


def _explained(code: str) -> str:
    if code in ("404", "NoSuchKey"):
        return "there is no such object (the address of a folder ends with /)"
    if code == "NoSuchBucket":
        return "there is no such bucket"
    if code in EXPIRED:
        return "the credentials have expired: renew them and run the same command again"
    if code in ("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "AuthorizationHeaderMalformed"):
        return f"the store does not know the credentials ({code}): check them, and the endpoint and region"
    if code == "RequestTimeTooSkewed":
        return "the store refuses because this machine's clock is wrong"
    if code in DENIED:
        return "it may not be read: check the credentials, or read the same path over https"
    return f"the store answers {code or 'with an error'}"
