"""Finds the part of an address that matched a URL rule: the domain, the host, or the words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from decantry.jobs.process.errors import UserError
from decantry.jobs.setup.cache import list_dir
from decantry.jobs.steps.url_filter import UrlFilter

if TYPE_CHECKING:
    from collections.abc import Mapping, Set
    from pathlib import Path

    from decantry.jobs.steps.step import Step

_NOT_ALPHANUMERIC = re.compile("[^a-zA-Z0-9]+")


def url_matches(step: Step, document: Mapping[str, str | None], broken: Set[str]) -> dict[str, str]:
    """For each broken rule of `url_filter`, the part of the document's address that matched; empty for other steps."""
    if not isinstance(step, UrlFilter) or not broken:
        return {}
    url = document["url"] or ""
    try:
        words = words_in(url, list_dir(step.lists[0]))
    except UserError:  # the lists are not on this machine
        words = {}
    found = {"domain": document["domain"] or "", "subdomain": document["host"] or "", "url": url} | words
    return {rule: found[rule] for rule in sorted(broken) if found.get(rule)}


def words_in(url: str, folder: Path) -> dict[str, str]:
    """The banned words in the address, by rule, sorted; as `url_match` finds them (udfs, UrlLists.scala)."""
    parts = {*_NOT_ALPHANUMERIC.split(url)}
    plain = _NOT_ALPHANUMERIC.sub("", url).lower()
    found = {
        "hard_blacklisted": parts & _words(folder / "banned_words.txt"),
        "soft_blacklisted": parts & _words(folder / "soft_banned_words.txt"),
        "blacklisted_subword": {word for word in _words(folder / "banned_subwords.txt") if word in plain},
    }
    return {rule: ", ".join(sorted(words)) for rule, words in found.items() if words}


def _words(file: Path) -> frozenset[str]:
    return frozenset(file.read_text(encoding="utf-8").split())
