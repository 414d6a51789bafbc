"""Cuts addresses from the text, as DCLM does for RefinedWeb's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class RemoveUrls(Step):
    """Cuts page addresses and IPv4 addresses from the text, and reduces several empty lines to one.

    Page addresses are cut only if the text begins with the letters of a top-level domain, as `The` does (.th). DCLM's
    code has the same behaviour: it compares its list of domains with the beginning of the text only.
    """

    kind: ClassVar[str] = "remove_urls"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "cuts addresses from the text"
    source: ClassVar[str] = (
        "mlfoundations/dclm baselines/mappers/modifiers.py, url_removal_modifier and newline_removal_modifier"
    )

    def edit(self, measured: Column | None) -> Column:
        """The text without addresses."""
        return native("remove_urls", "text")
