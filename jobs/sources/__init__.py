"""Where archives come from: paths, globs, folders, https, s3 and lists of paths; opened anywhere, never held whole."""

from __future__ import annotations

from decantry.jobs.sources.expand import expand as find

__all__ = ["find"]
