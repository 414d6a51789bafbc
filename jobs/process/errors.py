"""The failures a person meets, and the exit code of each."""

from __future__ import annotations


class DecantryError(Exception):
    """A failure told in one line: what, where and what to do."""

    exit_code = 3


class UserError(DecantryError):
    """Bad usage or input: nothing usable was given."""

    exit_code = 2


class CheckFailed(DecantryError):
    """A check failed, so nothing was published."""

    exit_code = 1


class InfrastructureError(DecantryError):
    """Something that the job stands on failed: Java, the disk, the object store."""

    exit_code = 3
