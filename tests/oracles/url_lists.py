"""The URL rules on plain sets of strings. Source: datatrove 0.10.1 pipeline/filters/url_filter.py."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

NOT_ALPHANUMERIC = re.compile("[^a-zA-Z0-9]+")


class Match(NamedTuple):
    """The fields of `url_match`, in order."""

    domain: bool
    subdomain: bool
    url: bool
    hard_words: int
    soft_words: int
    subword: bool


def lines(path: Path) -> Iterable[str]:
    return (line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#"))


def words(path: Path) -> set[str]:
    return {NOT_ALPHANUMERIC.sub("", line).lower() for line in lines(path)} - {""}


def match(url: str, domain: str | None, host: str | None, sources: Path) -> Match:
    """The parts of an address that are on the lists in `sources` (the files before compilation)."""
    domains = {line.strip() for line in lines(sources / "domains")}
    urls = {line.strip() for line in lines(sources / "urls")}
    parts = set(NOT_ALPHANUMERIC.split(url))
    plain = NOT_ALPHANUMERIC.sub("", url).lower()
    return Match(
        domain=bool(domain) and domain in domains,
        subdomain=bool(domain) and bool(host) and host in domains,
        url=url in urls,
        hard_words=len(parts & words(sources / "banned_words.txt")),
        soft_words=len(parts & words(sources / "soft_banned_words.txt")),
        subword=any(word in plain for word in words(sources / "banned_subwords.txt")),
    )
