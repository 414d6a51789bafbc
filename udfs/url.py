"""The host and the registered domain of a url, whatever the url looks like."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import metadata
from typing import Any

from decantry.udfs.wrapped import unwrapped

MAX_HOST = 253
"""The longest host name, in characters (RFC 1035)."""

_AUTHORITY = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//([^/?#\\]*)")
_BARE = re.compile(r"([^/?#\\:@\s]{1,254})(?::\d{0,5})?(?=[/?#]|\Z)")
"""An address as people type it, without a scheme."""
_PORT = re.compile(r":\d*\Z")
_ALLOWED = re.compile(r"[a-z0-9_.-]+")


@dataclass(frozen=True)
class Place:
    """A url's host, lower-cased and in its ASCII form, and its registered domain; nulls where it has none."""

    host: str | None
    domain: str | None


NOWHERE = Place(None, None)


def place_of(url: str | None) -> Place:
    """Where a url points to. Never raises: what is no url points nowhere.

    A scheme may be missing (`//example.org/x`; `example.org/x`, where the name ends as public names do). Of an address
    that wraps another, it is the place of the one inside.
    """
    url = unwrapped(url.strip()) if url else ""
    if match := _AUTHORITY.match(url):
        return _place(_PORT.sub("", match[1].rpartition("@")[2]))
    bare = _BARE.match(url)
    place = _place(bare[1]) if bare else NOWHERE
    named = place.host is not None and "." in place.host
    return place if named and _suffixes().publicsuffix(place.host, accept_unknown=False) else NOWHERE


@lru_cache(maxsize=65536)
def _place(name: str) -> Place:
    if name.startswith("["):
        address = _address(name.strip("[]"))
        return Place(f"[{address}]", None) if address else NOWHERE
    host = ascii_host(name.rstrip(".").lower())
    if host is None:
        return NOWHERE
    if _address(host):
        return Place(host, None)
    return Place(host, _suffixes().privatesuffix(host))


def ascii_host(name: str) -> str | None:
    """A lower-case host name in its ASCII form; null where it is none."""
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    return name if len(name) <= MAX_HOST and _ALLOWED.fullmatch(name) and ".." not in name else None


def is_public_suffix(host: str) -> bool:
    """Whether everybody may register below the name (`co.uk`)."""
    return _suffixes().privatesuffix(host) is None


@cache
def suffix_list() -> str:
    """The public suffix list that registered domains are taken from: its package, with the version."""
    return f"publicsuffixlist-{metadata.version('publicsuffixlist')}"


def _address(name: str) -> str | None:
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        return None


@cache
def _suffixes() -> Any:
    """The public suffix list that its package bundles, ICANN part only; no network is used."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(only_icann=True)
