"""Digests of WARC headers: `algorithm:value`, with the value in base32 or hexadecimal (WARC 1.1, 5.8)."""

from __future__ import annotations

import base64
import hashlib

_ALGORITHMS = {
    "sha1": "sha1",
    "sha-1": "sha1",
    "md5": "md5",
    "sha256": "sha256",
    "sha-256": "sha256",
    "sha512": "sha512",
}


def matches(digest: str | None, *bodies: bytes) -> bool | None:
    """Whether one of the bodies has the digest; None if there is no digest or its algorithm is not known."""
    algorithm, _, value = (digest or "").strip().partition(":")
    name, value = _ALGORITHMS.get(algorithm.lower()), value.strip()
    if name is None or not value:
        return None
    seen: list[bytes] = []
    for body in bodies:
        if any(body is other for other in seen):
            continue
        seen.append(body)
        found = hashlib.new(name, body, usedforsecurity=False).digest()
        if value.lower() == found.hex() or value.upper().rstrip("=") == base64.b32encode(found).decode().rstrip("="):
            return True
    return False
