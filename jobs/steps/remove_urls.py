"""Addresses that stand in a text are cut out of it, as DCLM does for RefinedWeb's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class RemoveUrls(Step):
    """Cuts addresses of pages and IPv4 addresses out of the text, and leaves at most one empty line at a time.

    Addresses of pages are cut where the text begins with the letters of a top-level domain, as `The` does (.th): DCLM's
    code compares its list there with the beginning alone.
    """

    kind: ClassVar[str] = "remove_urls"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "cuts addresses out of the text"
    source: ClassVar[str] = (
        "mlfoundations/dclm baselines/mappers/modifiers.py, url_removal_modifier and newline_removal_modifier"
    )

    def edit(self, measured: Column | None) -> Column:
        """The text without addresses."""
        return native("remove_urls", "text")
