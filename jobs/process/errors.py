"""The failures that a user sees, and the exit code of each."""

from __future__ import annotations


class DecantryError(Exception):
    """A failure with a one-line message: what happened, where, and what to do."""

    exit_code = 3


class UserError(DecantryError):
    """Bad usage or input: nothing usable was given."""

    exit_code = 2


class CheckFailed(DecantryError):
    """A check failed, so nothing was published."""

    exit_code = 1


class InfrastructureError(DecantryError):
    """Something that the job depends on failed: Java, the disk, the object store."""

    exit_code = 3


def first_line(error: BaseException) -> str:
    """The first line of the error's text, at most 200 characters; the error's type if it has no text."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
