"""Files behind s3, with the standard chain of credentials, or anonymously where it gives none."""

from __future__ import annotations

from functools import cache
from typing import Any

from decantry.jobs.sources.reply import Reply, Retryable, byte_range
from decantry.jobs.sources.source import SourceError

PASSING = {"SlowDown", "InternalError", "RequestTimeout", "Throttling", "ThrottlingException", "503", "500", "429"}
"""Error codes that pass."""


@cache
def client() -> Any:
    """One client a process. An endpoint other than AWS's is named by AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL."""
    import boto3
    from botocore import UNSIGNED
    from botocore.config import Config

    session = boto3.Session()
    options: dict[str, Any] = {"retries": {"mode": "standard", "max_attempts": 1}, "read_timeout": 60}
    if session.get_credentials() is None:
        options["signature_version"] = UNSIGNED
    region = session.region_name or "us-east-1"
    return session.client("s3", region_name=region, config=Config(**options))


def split(uri: str) -> tuple[str, str]:
    """The bucket and the key of an s3 URI."""
    bucket, _, key = uri.split("://", 1)[1].partition("/")
    return bucket, key


def s3_stat(uri: str) -> tuple[int | None, str | None]:
    """The object's size and etag. Raises SourceError or Retryable."""
    bucket, key = split(uri)
    answer = _call(uri, "head_object", Bucket=bucket, Key=key)
    return answer["ContentLength"], answer.get("ETag")


def s3_get(uri: str, offset: int, end: int | None = None) -> Reply:
    """The object's bytes from `offset` on, up to `end`. Raises SourceError or Retryable."""
    bucket, key = split(uri)
    try:
        answer = _call(uri, "get_object", Bucket=bucket, Key=key, **byte_range(offset, end))
    except PastEnd:
        return Reply(None, None, lambda size: b"", lambda: None)
    body = answer["Body"]
    total = str(answer.get("ContentRange", "")).rpartition("/")[2]
    size = int(total) if total.isdigit() else int(answer["ContentLength"])
    return Reply(size, answer.get("ETag"), lambda count: _read(body, count), body.close)


def s3_list(uri: str) -> list[str]:
    """The objects whose keys begin with the URI's, as URIs. Raises SourceError or Retryable."""
    bucket, prefix = split(uri)
    found: list[str] = []
    more: dict[str, str] = {}
    while True:
        answer = _call(uri, "list_objects_v2", Bucket=bucket, Prefix=prefix, **more)
        found += [f"s3://{bucket}/{entry['Key']}" for entry in answer.get("Contents", []) if entry["Size"]]
        if not answer.get("IsTruncated"):
            return found
        more = {"ContinuationToken": answer["NextContinuationToken"]}


class PastEnd(Exception):
    """The range begins at or after the object's end."""


def _call(uri: str, operation: str, **arguments: Any) -> dict[str, Any]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        answer: dict[str, Any] = getattr(client(), operation)(**arguments)
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in ("InvalidRange", "416"):
            raise PastEnd from None
        if code in PASSING:
            raise Retryable(f"the store answers {code}") from None
        raise SourceError(f"{uri}: {_explained(code)}") from None
    except BotoCoreError as error:
        if type(error).__name__ in ("EndpointConnectionError", "ConnectTimeoutError", "ReadTimeoutError"):
            raise Retryable(f"no connection ({type(error).__name__})") from None
        raise SourceError(f"{uri}: {error}") from None
    return answer


def _explained(code: str) -> str:
    if code in ("404", "NoSuchKey"):
        return "there is no such object"
    if code == "NoSuchBucket":
        return "there is no such bucket"
    if code in ("403", "AccessDenied", "AllAccessDisabled"):
        return "it may not be read: check the credentials, or read the same path over https"
    return f"the store answers {code}"


def _read(body: Any, count: int) -> bytes:
    from botocore.exceptions import BotoCoreError
    from urllib3.exceptions import HTTPError

    try:
        data: bytes = body.read(count)
    except (BotoCoreError, HTTPError, OSError) as error:
        raise Retryable(f"the connection broke ({type(error).__name__})") from None
    return data
