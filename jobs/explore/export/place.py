"""Writes the files of an export to a local folder, or under a prefix on S3.

A local export is written to a hidden folder beside the target, which is renamed at the end. On S3, an object appears
complete or not at all, and the manifest is written last.
"""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.store.errors import SourceError
from decantry.jobs.store.retries import retried
from decantry.jobs.store.s3_store import s3_put, s3_remove

MANIFEST = "manifest.json"
"""The last file of an export. Without it, an export is not complete."""


@dataclass(frozen=True)
class Place:
    """The folder that files are written to: a local path, or `s3://BUCKET/PREFIX`."""

    root: str

    @property
    def on_s3(self) -> bool:
        """Whether it is on S3."""
        return self.root.startswith("s3://")

    @contextmanager
    def file(self, path: str) -> Iterator[BinaryIO]:
        """A file to write. It appears at `path` in the folder when the block ends without an error, and not before.

        If two tasks write the same file, the last one counts. A local folder must exist: on a cluster, a folder that
        only the driver sees is an error. Raises OSError or SourceError.
        """
        if self.on_s3:
            with tempfile.TemporaryFile() as local:
                yield local
                uri = f"{self.root}/{path}"
                retried(uri, lambda: s3_put(uri, local))
            return
        target = Path(self.root, path)
        if target.parent != Path(self.root):
            target.parent.mkdir(exist_ok=True)
        draft = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
        try:
            with draft.open("wb") as written:
                yield written
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)


@dataclass(frozen=True)
class Export:
    """An export that is being written to `place`, and its `target`."""

    place: Place
    target: str

    def finish(self, manifest: bytes) -> None:
        """Write the manifest, and rename a local export to its target. Raises UserError if the target exists by now."""
        with self.place.file(MANIFEST) as file:
            file.write(manifest)
        if not self.place.on_s3:
            for left in Path(self.place.root).rglob(".*"):  # left by a task that was killed
                left.unlink()
            try:
                Path(self.place.root).rename(self.target)  # replaces an empty folder
            except OSError as error:
                raise UserError(f"--output is {self.target}, which cannot be created: {error.strerror}") from None

    def discard(self) -> None:
        """Remove the files that were written, as far as possible."""
        if self.place.on_s3:
            with suppress(OSError):
                retried(self.place.root, lambda: s3_remove(f"{self.place.root}/"))
        else:
            shutil.rmtree(self.place.root, ignore_errors=True)


@contextmanager
def export_to(target: str, run_id: str) -> Iterator[Export]:
    """An export to the target of `output_of`. If the block ends with an error, its files are removed.

    Raises UserError or InfrastructureError if the folder cannot be written.
    """
    if target.startswith("s3://"):
        export = Export(Place(target), target)
    else:
        folder = Path(target)
        export = Export(Place(str(folder.with_name(f".{folder.name[:200]}.{run_id}"))), target)
    try:
        if not export.place.on_s3:
            Path(export.place.root).mkdir(parents=True)
        yield export
    except BaseException as error:
        export.discard()
        if isinstance(error, OSError):
            raise InfrastructureError(unwritten(target, error)) from None
        raise


def unwritten(path: str, error: OSError) -> str:
    """The message for a file that cannot be written."""
    return f"cannot write {error}" if isinstance(error, SourceError) else f"cannot write {path}: {error.strerror}"
