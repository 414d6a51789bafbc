"""Replaces personal data: e-mail addresses and public IP addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class RedactPii(Step):
    """Replaces e-mail addresses and public IPv4 addresses. The replacement depends only on the match."""

    kind: ClassVar[str] = "redact_pii"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "replaces e-mail and public IP addresses"
    source: ClassVar[str] = "datatrove 0.10.1 pipeline/formatters/pii.py, but independent of other pages"

    def edit(self, measured: Column | None) -> Column:
        """The text with replaced addresses."""
        return native("redact_pii", "text")
