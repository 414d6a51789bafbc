"""Errors in reading a file or a store."""

from __future__ import annotations


class SourceError(OSError):
    """A file cannot be read; the message names it in one line."""


class Unavailable(SourceError):
    """A store did not answer after several attempts; the request itself may be right."""
