"""Whether what is asked to be forgotten can be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from decantry.jobs.lake.forgotten import KINDS
from decantry.jobs.process.errors import UserError
from decantry.udfs.archive.url import ascii_host, is_public_suffix

_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")
"""Domains that can be registered; a host may have more letters in it, but what is typed so is a slip."""


def require_sane(requests: Sequence[tuple[str, str]]) -> None:
    """Raise UserError where there are no requests, or one means nothing that could be forgotten."""
    if not requests:
        raise UserError("nothing to forget was named: use --domain, --url or --ids")
    for kind, value in requests:
        if kind not in KINDS or not value.strip():
            raise UserError(f"{value!r} is no {kind} that can be forgotten")
        if kind != "domain":
            continue
        host = ascii_host(value.strip().strip("."))
        if host is None or not _NAME.fullmatch(host):
            raise UserError(f"{value!r} is no domain: name it like example.org, or an address with --url")
        if is_public_suffix(host):
            raise UserError(f"{value} is no one's domain, but what domains end with: name them one by one")
