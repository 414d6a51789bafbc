"""Addresses as they may be told: in lines, in tables and in logs, without what opens them."""

from __future__ import annotations

import re

_USERINFO = re.compile(r"(?<=://)[^/?#\s]*@|(?<=s3://|3a://)[^@?#\s]*:[^@\s]*@")
"""A secret key of S3 may have slashes in it."""
SECRET_PARAMETER = (
    r"(?:x-(?:amz|goog)-[a-z-]{1,40}|awsaccesskeyid|sig(?:nature)?|se|expires|policy|key-pair-id|hdnts|hmac|jwt"
    r"|auth[a-z_-]{0,40}|pass[a-z_-]{0,40}|pwd|[a-z_-]{0,40}(?:token|secret|password|credential|key))"
)
"""The names of a query's parameters that open an address, as a pattern."""
_SECRET = re.compile(rf"(?i)(?<=[?&;]){SECRET_PARAMETER}=[^&;#\s]*[&;]?")


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
