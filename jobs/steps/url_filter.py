"""The URL rules: lists of domains and addresses, and banned words in addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, PositiveInt

from decantry.jobs.process.spark import F
from decantry.jobs.setup.cache import list_dir
from decantry.jobs.setup.executors import on_executors
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import Column


class UrlFilter(Step):
    """Removes pages by their registered domain, host or address, and by banned words (hard, soft, sub-words) in it."""

    kind: ClassVar[str] = "url_filter"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "removes pages whose address is on a list or has banned words"
    source: ClassVar[str] = "arXiv:2306.01116, G.1; datatrove 0.10.1 pipeline/filters/url_filter.py"

    lists: Annotated[tuple[str, ...], Field(min_length=1, max_length=1)] = ("ut1-adult",)
    words: bool = True
    soft_words: PositiveInt = 2

    def measure(self) -> Column:
        """The struct of `url_match`: which parts of the address are on the list, and how many banned words it has."""
        folder = on_executors(self._folder(), self._sha256())
        return native("url_match", "url", "domain", "host", F.lit(folder))

    def rules(self) -> list[Rule]:
        """The rules, in the peer's order: first lists, then words."""
        listed = [Rule(name, name, ">=", 1) for name in ("domain", "subdomain", "url")]
        if not self.words:
            return listed
        return [
            *listed,
            Rule("hard_blacklisted", "hard_words", ">=", 1),
            Rule("soft_blacklisted", "soft_words", ">=", self.soft_words),
            Rule("blacklisted_subword", "subword", ">=", 1),
        ]

    def resources(self) -> dict[str, str]:
        """The list's sha256."""
        return {self.lists[0]: self._sha256()}

    def _sha256(self) -> str:
        return (self._folder() / "SHA256").read_text().strip()

    def _folder(self) -> Path:
        return list_dir(self.lists[0])
