"""Where an export goes: a local folder, or a prefix on S3.

A local export is written to a hidden folder beside its own, which is renamed at the end. On S3 an object appears whole
or not at all, and the manifest is the last one.
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
from decantry.jobs.store.patience import retried
from decantry.jobs.store.s3_store import s3_put, s3_remove

MANIFEST = "manifest.json"
"""The file without which an export is not complete."""


@dataclass(frozen=True)
class Place:
    """A folder that files are put into: a local path, or `s3://BUCKET/PREFIX`."""

    root: str

    @property
    def on_s3(self) -> bool:
        """Whether it is on S3."""
        return self.root.startswith("s3://")

    @contextmanager
    def file(self, path: str) -> Iterator[BinaryIO]:
        """A file to write, which is at `path` in the folder when the block has ended well, and not before.

        If two tasks write the same file, the last one stands. The local folder itself must be there: on a cluster, one
        that only the driver sees is an error. Raises OSError or SourceError.
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
    """An export that is being written to `place`, and what it will be called."""

    place: Place
    target: str

    def finish(self, manifest: bytes) -> None:
        """Write the manifest, and give a local export its name. Raises UserError if another one has taken it."""
        with self.place.file(MANIFEST) as file:
            file.write(manifest)
        if not self.place.on_s3:
            for left in Path(self.place.root).rglob(".*"):  # of a task that was killed
                left.unlink()
            try:
                Path(self.place.root).rename(self.target)  # an empty folder gives way
            except OSError as error:
                raise UserError(f"--output is {self.target}, which cannot be made: {error.strerror}") from None

    def discard(self) -> None:
        """Remove what was written, as far as possible."""
        if self.place.on_s3:
            with suppress(OSError):
                retried(self.place.root, lambda: s3_remove(f"{self.place.root}/"))
        else:
            shutil.rmtree(self.place.root, ignore_errors=True)


@contextmanager
def export_to(target: str, run_id: str) -> Iterator[Export]:
    """An export to the target of `output_of`: what was written is removed unless the block ends well.

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
    """What is said of a file that cannot be written."""
    return f"cannot write {error}" if isinstance(error, SourceError) else f"cannot write {path}: {error.strerror}"
