"""Where inputs come from: paths, globs, folders, https, S3 and lists of paths. Files are streamed, never held whole."""

from __future__ import annotations

from decantry.jobs.sources.expand import expand as find

__all__ = ["find"]
