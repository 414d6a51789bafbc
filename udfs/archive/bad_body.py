"""The error for a response body that cannot be used."""

from __future__ import annotations


class BadBody(Exception):
    """The body cannot be used. `reason` is one of stage `http`; `partial` has the bytes decoded before the failure."""

    def __init__(self, reason: str, detail: str, partial: bytes = b"") -> None:
        """`detail` is one line."""
        super().__init__(detail)
        self.reason, self.detail, self.partial = reason, detail, partial
