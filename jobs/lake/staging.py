"""Frames that a run writes between its passes, and removes at its end."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.lake.address import is_catalog, is_local
from decantry.jobs.lake.s3a import remove
from decantry.jobs.process.errors import UserError
from decantry.jobs.store.reply import Retryable
from decantry.jobs.store.retries import retried
from decantry.jobs.store.s3_store import s3_folders

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake


SETTING = "spark.decantry.staging"
"""The Spark setting with the staging folder of a lake in a catalogue."""


@dataclass(frozen=True)
class Staging:
    """The staging area of one run of one job, `<lake>/_staging/<run>/<job>`."""

    lake: Lake
    job: str

    def write(self, name: str, frame: DataFrame) -> DataFrame:
        """Write the frame under `name` and return it read from the files, which cuts off the plan before it.

        Files that dead tasks left are never read.
        """
        path = f"{self.folder}/{name}"
        if path.startswith("s3a://"):
            # Delta, because Parquet's committer renames a task's files, which on S3 is a copy that may end halfway
            frame.write.format("delta").mode("overwrite").option("compression", "zstd").save(path)
            return self.lake.spark.read.format("delta").load(path)
        frame.write.mode("overwrite").option("compression", "zstd").parquet(path)
        return self.lake.spark.read.schema(frame.schema).parquet(path)

    @property
    def folder(self) -> str:
        """The folder of the frames; for a lake in a catalogue, within the folder of `spark.decantry.staging`.

        Raises UserError if that setting is missing.
        """
        path = f"_staging/{self.lake.run_id}/{self.job}"
        if not is_catalog(self.lake.root):
            return self.lake.path(path)
        shared = self.lake.spark.conf.get(SETTING, "") or ""
        if not shared.startswith(("/", "s3a://")):
            raise UserError(
                f"the lake {self.lake.uri} is in a catalogue and needs a folder for staged tables: set "
                f"{SETTING} to a folder that all machines see, such as /Volumes/CATALOG/SCHEMA/VOLUME/staging"
            )
        return f"{shared.rstrip('/')}/{path}"

    def remove(self) -> None:
        """Remove the frames, as far as possible. Files that stay belong to no table."""
        if is_local(self.folder):
            shutil.rmtree(self.folder, ignore_errors=True)
            for parent in list(Path(self.folder).parents)[:2]:
                with contextlib.suppress(OSError):
                    parent.rmdir()
        elif self.folder.startswith("s3a://"):
            with contextlib.suppress(OSError, Retryable):
                remove(self.folder)


def sweep(lake: Lake, days: int) -> None:
    """Remove the frames of ended runs that began more than `days` ago, according to the names of their folders."""
    if is_catalog(lake.root):
        return
    oldest = f"{datetime.now(timezone.utc) - timedelta(days=days):%Y%m%dT%H%M%S}"
    root = lake.path("_staging")
    if is_local(root):
        for folder in Path(root).glob("*"):
            if folder.name < oldest:
                shutil.rmtree(folder, ignore_errors=True)
        return

    for name in retried(root, lambda: s3_folders(f"{root}/")):
        if name < oldest:
            remove(f"{root}/{name}")
