"""What a store, or a file, has against being read."""

from __future__ import annotations


class SourceError(OSError):
    """A file that cannot be read, told in one line that names it."""


class Unavailable(SourceError):
    """A store that did not answer however often it was asked: nothing is wrong with what was asked for."""
