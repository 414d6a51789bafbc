"""Claims: who writes what in a lake, so that two runs never do the same work at once."""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import contextmanager
from datetime import datetime, timezone
from threading import Thread, current_thread, main_thread
from typing import TYPE_CHECKING, Any, Protocol

from decantry.jobs.commits.file_lock import FOLDER
from decantry.jobs.commits.holder import here
from decantry.jobs.errors import InfrastructureError
from decantry.jobs.interrupts import held_back

if TYPE_CHECKING:
    from decantry.jobs.lake import Lake

EVERYTHING = "the lake"
"""What a run claims that no other may write beside."""

NOTE_BYTES = 64 << 10
"""No claim says more."""
Note = dict[str, Any]
"""What a claim says: `scope, run_id, host, pid, since`, and what jobs/commits/holder.py tells of its processes."""


class Held(Protocol):
    """A claim that this process holds."""

    def require(self) -> None:
        """Raise InfrastructureError where the claim has been lost."""

    def free(self) -> None:
        """Give it back."""


class Claims(Protocol):
    """The claims of a lake."""

    def take(self, note: Note) -> Held | Note:
        """The claim of the note's scope; the holder's note where a run that lives holds it."""

    def live(self) -> list[Note]:
        """The notes of all claims that runs which live hold."""

    def sweep(self, live_runs: set[str]) -> None:
        """Remove what runs other than these have staged."""


@contextmanager
def claimed(lake: Lake, scopes: Sequence[str]) -> Iterator[None]:
    """Hold the claims while the block runs; what a run that died has staged is removed.

    A scope that this lake holds already is not claimed again. Where the store cannot keep two drivers' commits apart,
    all is claimed. Who is interrupted within begins no commit more until it claims anew. Raises InfrastructureError,
    naming the run that holds a claim.
    """
    if not lake.claims and current_thread() is main_thread():
        lake.interrupted.clear()
    taken: dict[str, Held] = {}
    try:
        claims = None if EVERYTHING in lake.claims else _claims(lake)
        if claims is None:
            yield
            return
        wanted = scopes if _several_writers(lake) else [EVERYTHING]
        for scope in sorted(set(wanted) - set(lake.claims)):
            with held_back():  # an interrupted claim on S3 would bind the next run
                taken[scope] = _take(claims, lake, scope)
        if taken:
            live = claims.live()
            others = [note for note in live if note.get("scope") not in {*taken, *lake.claims}]
            if against := [note for note in others if EVERYTHING in (note.get("scope"), *taken)]:
                raise _busy(lake, against[0])
            claims.sweep({lake.run_id, *(str(note.get("run_id")) for note in live)})
        lake.claims.update(taken)
        yield
    except KeyboardInterrupt:
        lake.interrupted.set()
        raise
    finally:
        with held_back():
            for scope, held in taken.items():
                lake.claims.pop(scope, None)
                if under_way := [commit for commit in lake.acting if not commit.done()]:  # a second Ctrl-C has left it
                    Thread(target=_free_after, args=(under_way, held), daemon=True).start()
                else:
                    held.free()


def _free_after(commits: Sequence[Future[object]], held: Held) -> None:
    wait(commits)
    held.free()


def _take(claims: Claims, lake: Lake, scope: str) -> Held:
    now = datetime.now(timezone.utc)
    note = {"scope": scope, "run_id": lake.run_id, "host": socket.gethostname(), "pid": os.getpid(), **here()}
    answer = claims.take({**note, "since": f"{now:%Y-%m-%d %H:%M:%S} UTC"})
    if isinstance(answer, dict):
        raise _busy(lake, answer)
    return answer


def _busy(lake: Lake, note: Note) -> InfrastructureError:
    if "run_id" not in note:
        return InfrastructureError(
            f"something in {lake.uri}/{FOLDER} is held as a claim and does not say by which run: run again when that "
            "has ended, or remove it where nothing writes to the lake"
        )
    by = f"run {note.get('run_id')} (process {note.get('pid')} on {note.get('host')}, since {note.get('since')})"
    scope = note.get("scope", "a part of the lake")
    left = f", or, if it has died, in {note['minutes_left']} minutes" if note.get("minutes_left") else ""
    return InfrastructureError(f"{scope} is being written in {lake.uri} by {by}: run again when that has ended{left}")


def _claims(lake: Lake) -> Claims | None:
    """Where the lake's claims are; null for a lake in a catalogue, where the scheduler must keep runs apart."""
    from decantry.jobs.lake_address import is_catalog, is_local

    if is_catalog(lake.root):
        return None
    if is_local(lake.root):
        from decantry.jobs.commits.local_claims import LocalClaims

        return LocalClaims(lake.root)
    if lake.root.startswith("s3a://"):
        from decantry.jobs.commits.s3_claims import S3Claims

        return S3Claims(lake.root)
    return None


def _several_writers(lake: Lake) -> bool:
    """Whether commits of several drivers cannot overwrite each other.

    Delta's log store for S3 is safe for one driver only (docs.delta.io, delta-storage), unless it keeps its log in
    DynamoDB.
    """
    if not lake.root.startswith("s3a://"):
        return True
    keys = ("spark.delta.logStore.s3a.impl", "spark.delta.logStore.class")
    return any("DynamoDB" in str(lake.spark.conf.get(key, "")) for key in keys)


def file_name(scope: str) -> str:
    """What a claim's file or object is called: as the scope, where that is short and plain, else by its sha256."""
    plain = re.fullmatch(r"[A-Za-z0-9 _.-]{1,100}", scope) and not scope.startswith(".")
    return f"{scope if plain else hashlib.sha256(scope.encode('utf-8', 'surrogatepass')).hexdigest()}.claim"


def written(note: Note) -> bytes:
    """The note as it is stored."""
    return json.dumps(note, sort_keys=True).encode()


def read(data: bytes) -> Note:
    """The stored note; an empty one where there is none, half of one, or something else.

    Only words and what jobs/commits/holder.py tells are taken over, and of words what fits into a line.
    """
    try:
        value = json.loads(data[:NOTE_BYTES])
    except (ValueError, RecursionError):
        return {}
    if not isinstance(value, dict):
        return {}
    words = {name: part for name, part in value.items() if isinstance(part, str | int)}
    return {**words, **({"processes": value["processes"]} if isinstance(value.get("processes"), dict) else {})}
