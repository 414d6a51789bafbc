"""Addresses as they may be told: in lines, in tables and in logs, without what opens them."""

from __future__ import annotations

import re

_USERINFO = re.compile(r"(?<=://)[^/?#\s]*@|(?<=s3://|3a://)[^@?#\s]*:[^@\s]*@")
"""A secret key of S3 may have slashes in it."""
_SECRET = re.compile(
    r"(?i)(?<=[?&;])(?:x-(?:amz|goog)-[a-z-]+|awsaccesskeyid|sig(?:nature)?|se|expires|policy|key-pair-id|hdnts|hmac"
    r"|jwt|auth[a-z_-]*|pass[a-z_-]*|pwd|[a-z_-]*(?:token|secret|password|credential|key))=[^&;#\s]*[&;]?"
)


def public(uri: str) -> str:
    """The address without user name and password, and without the signatures and tokens of its query."""
    return _SECRET.sub("", _USERINFO.sub("", uri)).rstrip("?&")


def host_of(uri: str) -> str:
    """The host that an address names, in lower case and without its port."""
    from urllib.parse import urlsplit

    try:
        return (urlsplit(uri).hostname or "").lower()
    except ValueError:
        return ""
