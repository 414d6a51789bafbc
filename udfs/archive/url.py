"""The host and the registered domain of a url."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import metadata
from typing import Any

from decantry.udfs.archive.host import ascii_host, ipv6, valid_end
from decantry.udfs.archive.wrapped import unwrapped

__all__ = ["NO_SITE", "Site", "ascii_host", "is_public_suffix", "site_of", "suffix_list"]

_AUTHORITY = re.compile(r"(?:(?:https?|ftp|wss?):[/\\]*|(?:[a-z][a-z0-9+.-]*:)?//)([^/?#\\]*)", re.I)
"""Schemes of the web. They need no slashes and accept backslashes (https://url.spec.whatwg.org/#special-scheme)."""
_BARE = re.compile(r"([^/?#\\:@\s]{1,254})(?::\d{0,5})?(?=[/?#]|\Z)")
"""An address as people type it, without a scheme."""
_PORT = re.compile(r":\d*\Z")
_ADDRESS = re.compile(r"[0-9]+(?:\.[0-9]+){3}")
_INNER = re.compile(r"[\t\n\r]+")
_OUTER = "".join(c for c in map(chr, (*range(0x3001), 0xFEFF)) if c <= " " or c == "\ufeff" or c.isspace())
"""White space, control characters and the byte order mark."""


@dataclass(frozen=True)
class Site:
    """A url's host, in lower case and ASCII, and its registered domain; None if it has none.

    A host that browsers refuse is None, but the domain is set if the name ends in one.
    """

    host: str | None
    domain: str | None


NO_SITE = Site(None, None)


def site_of(url: str | None) -> Site:
    """The host and domain of a url, by the URL standard. Never raises: both are None if this is not a url.

    The scheme may be missing (`//example.org/x`; `example.org/x`, if the name ends in a public suffix). If an address
    wraps another one, the result is that of the inner address.
    """
    url = unwrapped(_INNER.sub("", url.strip(_OUTER))) if url else ""
    if match := _AUTHORITY.match(url):
        return _site(_PORT.sub("", match[1].rpartition("@")[2]))
    bare = _BARE.match(url)
    site = _site(bare[1]) if bare else NO_SITE
    named = site.host is not None and "." in site.host
    return site if named and _suffixes().publicsuffix(site.host, accept_unknown=False) else NO_SITE


@lru_cache(maxsize=65536)
def _site(name: str) -> Site:
    if name.startswith("["):
        address = ipv6(name[1:-1]) if name.endswith("]") else None
        return Site(f"[{address}]", None) if address else NO_SITE
    host = ascii_host(name)
    if host is None:
        end = valid_end(name)
        return Site(None, _suffixes().privatesuffix(end)) if end else NO_SITE
    if host[-1].isdigit() and _ADDRESS.fullmatch(host):
        return Site(host, None)
    return Site(host, _suffixes().privatesuffix(".".join(filter(None, host.split(".")))))


def is_public_suffix(host: str) -> bool:
    """Whether anyone can register below the name, as below `co.uk`."""
    return _suffixes().privatesuffix(host) is None


@cache
def suffix_list() -> str:
    """The package, with version, of the public suffix list that determines registered domains."""
    return f"publicsuffixlist-{metadata.version('publicsuffixlist')}"


@cache
def _suffixes() -> Any:
    """The ICANN part of the public suffix list in the installed package. Does not use the network."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(only_icann=True)
