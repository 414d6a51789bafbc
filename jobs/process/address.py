"""Addresses that may be shown in messages, tables and logs: without credentials."""

from __future__ import annotations

import re
from urllib.parse import unquote

_USERINFO = re.compile(r"(?<=://)[^/?#\s]*@|(?<=s3://|3a://)[^@?#\s]*:[^@\s]*@")
"""A secret key of S3 may contain slashes."""
SECRET_PARAMETER = (
    r"(?:x-(?:amz|goog)-[a-z-]{1,40}|awsaccesskeyid|sig(?:nature)?|se|expires|policy|key-pair-id|hdnts|hmac|jwt"
    r"|hdnea|sas|auth[a-z_-]{0,40}|pass[a-z_-]{0,40}|pwd|[a-z_-]{0,40}(?:token|secret|password|credential|key)_{0,9})"
)
"""A pattern for query parameters that hold credentials."""
_SECRET = re.compile(SECRET_PARAMETER, re.I)
_PARAMETER = re.compile(r"(?<=[?&;#])([^=&;#\s]{1,200})=[^&;#\s]*[&;]?")


def public(uri: str) -> str:
    """The address without user name and password, and without the signatures and tokens of its query or fragment."""
    kept = _PARAMETER.sub(lambda one: "" if _SECRET.fullmatch(unquote(one[1])) else one[0], _USERINFO.sub("", uri))
    return kept.rstrip("?&#")


def host_of(uri: str) -> str:
    """The host of an address, in lower case and without its port."""
    from urllib.parse import urlsplit

    try:
        return (urlsplit(uri).hostname or "").lower()
    except ValueError:
        return ""
