"""The address within an address: `view-source:https://a.example/` is about `https://a.example/`."""

from __future__ import annotations

import re

_IGNORED = str.maketrans("", "", "\t\n\r")
_TRIMMED = "".join(map(chr, range(0x21)))
"""What the URL standard strips around an address: C0 controls and blanks (WHATWG URL, 4.4)."""
_PLAIN = re.compile(r"https?://(?!https?[.:/\\]|[A-Za-z]{0,3}[Tt]+[Pp][Ss]?:[/\\])[0-9A-Za-z]")
_WRAPPERS = re.compile(
    r"(?:(?!(?:https?|wss?|ftp):)[a-z][a-z0-9+.-]{0,40}:){1,5}(?=(?:https?|wss?|ftp)(?::|%3a))", re.IGNORECASE
)
"""Prefixes of crawlers and browsers, one or several: `urn:view:`, `onreadydom:`, `blob:`, `jar:`."""
_SOURCE = re.compile(r"(?:view-source|feed):", re.IGNORECASE)
_SPECIAL = re.compile(r"(https?|wss?|ftp):[/\\]*", re.IGNORECASE)
_TWICE = re.compile(
    r"(?:[/\\]{2,}|(?:(?!(?:https?|wss?|ftp):)[a-z][a-z0-9+.-]{0,40}:(?![/\\])){0,9}(?:[a-z][a-z0-9+.-]{0,40}:[/\\]*)?)"
    r"(?:(?:https?|wss?|ftp|feed|view-source|blob):[/\\]*){0,9}"
    r"(https?)(?:\.?:?[/\\]{2,}|:(?:[/\\](?=[^/\\])|(?=[^/\\\d?#])))",
    re.IGNORECASE,
)
"""An address with its scheme after another scheme, or after slashes. The standard takes `http` for the host then, and
no host has this name. `http://http:80/` is not such an address, nor is one with an empty port: `http://proxy:/http://a/`.
"""
_MISTYPED = re.compile(r"(https?):[/\\]*[a-z]{0,3}t{1,3}ps?:[/\\]{2,}", re.IGNORECASE)
"""A scheme before a mistyped one: `http://htttps://host`."""
_ESCAPES = {"%3a": ":", "%2f": "/", "%5c": "\\", "%40": "@"}
_ESCAPED = re.compile("|".join(_ESCAPES), re.IGNORECASE)


def unwrapped(url: str) -> str:
    """The wrapped address, with two slashes after the scheme; the address itself if it wraps none.

    Schemes that the standard calls special accept any number of slashes and backslashes: `https:a.example` and
    `https:\\\\a.example` are `https://a.example` (WHATWG URL, 4.4, special authority slashes state). The origin of a
    `blob:` is that of the address in it (4.7).
    """
    if _PLAIN.match(url):
        return url
    url = url.strip(_TRIMMED).translate(_IGNORED)
    if wrapper := _WRAPPERS.match(url):
        url = url[wrapper.end() :]
        if "%" in url[:6]:
            url = _ESCAPED.sub(lambda escape: _ESCAPES[escape[0].lower()], url)
    elif source := _SOURCE.match(url):
        url = url[source.end() :]
    found = [match for pattern in (_TWICE, _MISTYPED, _SPECIAL) if (match := pattern.match(url))]
    if found:
        special = max(found, key=re.Match.end)
        return f"{special[1]}://{url[special.end() :]}"
    return "//" + url.lstrip("/\\") if url[:1] in ("/", "\\") and url[1:2] in ("/", "\\") else url
