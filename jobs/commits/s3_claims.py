"""Claims on a lake in S3: objects that are put only where there are none, and renewed while their holder lives."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from decantry.jobs.commits.claims import Note, file_name, read, written
from decantry.jobs.commits.file_lock import FOLDER
from decantry.jobs.commits.holder import has_died
from decantry.jobs.errors import InfrastructureError
from decantry.jobs.sources.s3_client import region

LEASE_SECONDS = 600
"""A claim that has not been renewed for so long is a dead run's, by the store's own clock."""
RENEWAL_SECONDS = 60


class S3Claims:
    """The claims of the lake at `s3a://BUCKET/PATH`."""

    def __init__(self, root: str) -> None:
        """`root` is the lake's address."""
        import boto3
        from botocore.config import Config

        options = Config(retries={"mode": "standard", "total_max_attempts": 8}, read_timeout=60)
        # signed, whatever the inputs ask for
        self._client = boto3.client("s3", region_name=region(), config=options)
        self._bucket, _, self._prefix = root.split("://", 1)[1].partition("/")

    def take(self, note: Note) -> HeldObject | Note:
        """The claim of the note's scope; the holder's note where another run holds it."""
        key = self._key(f"{FOLDER}/{file_name(str(note['scope']))}")
        body = written(note)
        found = self._look(key)
        if found is not None and found.is_live():
            minutes = max(1, round((LEASE_SECONDS - found.age) / 60))
            return {"scope": note["scope"], **found.note, "minutes_left": minutes}
        condition = {"IfNoneMatch": "*"} if found is None else {"IfMatch": found.etag}
        self._put(key, body, condition)
        now = self._look(key)
        if now is None or now.note != note:
            return {"scope": note["scope"], **(now.note if now else {})}
        return HeldObject(self, key, body, now.etag)

    def live(self) -> list[Note]:
        """The notes of the claims that are renewed."""
        found = (self._look(key) for key in self._keys(f"{FOLDER}/") if key.endswith(".claim"))
        return [each.note for each in found if each is not None and each.is_live()]

    def sweep(self, live_runs: set[str]) -> None:
        """Remove what runs other than these have staged."""
        start = len(self._key("_staging/"))
        for key in self._keys("_staging/"):
            if key[start:].split("/", 1)[0] not in live_runs:
                self._client.delete_object(Bucket=self._bucket, Key=key)

    def renew(self, key: str, body: bytes, etag: str) -> str | None:
        """The claim's new etag; null where it is another run's now.

        Where the put is refused, the claim may still be this run's: an answer may have been lost, and the etag with it.
        """
        if not self.has(key, body):
            return None
        self._put(key, body, {"IfMatch": etag})
        found = self._look(key)
        return found.etag if found is not None and written(found.note) == body else None

    def has(self, key: str, body: bytes) -> bool:
        """Whether the claim is there, and says this."""
        found = self._look(key)
        return found is not None and written(found.note) == body

    def remove(self, key: str) -> None:
        """Give the claim back."""
        self._client.delete_object(Bucket=self._bucket, Key=key)

    def _put(self, key: str, body: bytes, condition: dict[str, str]) -> bool:
        """Put the object where the condition holds; without it where the store knows no conditions."""
        from botocore.exceptions import ClientError

        try:
            self._client.put_object(Bucket=self._bucket, Key=key, Body=body, **condition)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in ("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey", "404", "409", "412"):
                return False
            if code != "NotImplemented":
                raise InfrastructureError(
                    f"the lake s3://{self._bucket}/{self._prefix} cannot be claimed: the store answers {code}"
                ) from None
            self._client.put_object(Bucket=self._bucket, Key=key, Body=body)
        return True

    def _look(self, key: str) -> _Found | None:
        from botocore.exceptions import ClientError

        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in ("NoSuchKey", "404"):
                return None
            raise InfrastructureError(
                f"the lake s3://{self._bucket}/{self._prefix} cannot be read: the store answers {code}"
            ) from None
        return _Found(answer)

    def _keys(self, below: str) -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._key(below))
        yield from (entry["Key"] for page in pages for entry in page.get("Contents", []))

    def _key(self, name: str) -> str:
        return f"{self._prefix.strip('/')}/{name}".lstrip("/")


class _Found:
    """A claim as it lies in the store: its note, its etag and how many seconds ago it was put."""

    def __init__(self, answer: dict[str, Any]) -> None:
        from email.utils import parsedate_to_datetime

        self.note = read(answer["Body"].read())
        self.etag = str(answer["ETag"])
        now = answer["ResponseMetadata"]["HTTPHeaders"].get("date")
        put = answer["LastModified"]
        self.age = (parsedate_to_datetime(now) - put).total_seconds() if now else 0.0

    def is_live(self) -> bool:
        """Whether it has been renewed, and its run is not seen to have died."""
        return self.age < LEASE_SECONDS and not has_died(self.note)


class HeldObject:
    """A claim of this process, renewed by a thread."""

    def __init__(self, claims: S3Claims, key: str, body: bytes, etag: str) -> None:
        """The claim has just been put with that etag."""
        self._claims, self._key, self._body, self._etag = claims, key, body, etag
        self._lost = False
        self._renewed = time.monotonic()
        self._over = threading.Event()
        self._one = threading.Lock()
        threading.Thread(target=self._keep, daemon=True).start()

    def require(self) -> None:
        """Raise InfrastructureError where another run has taken the claim, since this one was silent for too long."""
        if time.monotonic() - self._renewed > LEASE_SECONDS - RENEWAL_SECONDS:
            self._renew()  # this process stood still: another may have seen a claim that was over
        if self._lost:
            raise InfrastructureError(
                "this run was silent for too long, and another has taken over its claim: run again when that has ended"
            )

    def free(self) -> None:
        """Give it back, where it is this run's still, best effort: its work is done, and the claim ends by itself."""
        self._over.set()
        with self._one, suppress(Exception):
            if not self._lost and self._claims.has(self._key, self._body):
                self._claims.remove(self._key)

    def _keep(self) -> None:
        while not self._lost and not self._over.wait(RENEWAL_SECONDS):
            with suppress(Exception):  # the store does not answer: there is time for more tries
                self._renew()

    def _renew(self) -> None:
        """Renew the claim, or find it lost. Raises what the store raises."""
        with self._one:
            if self._lost or self._over.is_set():
                return
            begin = time.monotonic()
            etag = self._claims.renew(self._key, self._body, self._etag)
            if etag is None:
                self._lost = True
            else:
                self._etag, self._renewed = etag, begin
