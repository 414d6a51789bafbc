"""Validation of requests to forget."""

from __future__ import annotations

import re
from collections.abc import Sequence

from decantry.jobs.lake.forgotten import KINDS
from decantry.jobs.process.errors import UserError
from decantry.udfs.archive.url import ascii_host, is_public_suffix

_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")
"""Domains that can be registered. Hosts may have other characters, but in a request those are a typing error."""


def require_valid(requests: Sequence[tuple[str, str]]) -> None:
    """Raise UserError if there are no requests, or if one of them cannot match anything."""
    if not requests:
        raise UserError("nothing to forget was named: use --domain, --url or --ids")
    for kind, value in requests:
        if kind not in KINDS or not value.strip():
            raise UserError(f"{value!r} is not a {kind} that can be forgotten")
        if kind != "domain":
            continue
        host = ascii_host(value.strip().strip("."))
        if host is None or not _NAME.fullmatch(host):
            raise UserError(f"{value!r} is not a domain: write it like example.org, or name an address with --url")
        if is_public_suffix(host):
            raise UserError(f"{value} is a public suffix, below which anyone can register: name the domains one by one")
