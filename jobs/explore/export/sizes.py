"""Parses the size of a shard, like 256MB."""

from __future__ import annotations

import re

from decantry.jobs.process.errors import UserError

UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "KI": 1 << 10, "MI": 1 << 20, "GI": 1 << 30}
LEAST, MOST = 1000, 10**9
"""The bounds of a shard's text, in bytes. An object on S3 is written in one request of at most 5 GB, and token ids of
four bytes need at most four times the size of the text."""
_SIZE = re.compile(r"(\d{1,12}(?:\.\d{1,3})?)\s*([KMG]I?)?B?", re.I)


def size_of(text: str) -> int:
    """The number of bytes for `256MB`, `1GiB` or `500000`. Raises UserError for other forms, and out of the bounds."""
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise UserError(f"--shard-size is {text[:50]}: write a number and a unit, like 256MB")
    size = round(float(match[1]) * UNITS[(match[2] or "").upper()])
    if not LEAST <= size <= MOST:
        raise UserError(f"--shard-size is {text.strip()}: use 1KB to 1GB of text")
    return size
