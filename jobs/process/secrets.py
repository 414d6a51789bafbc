"""Removing secrets from what a run prints and logs."""

from __future__ import annotations

import os
import re

from decantry.jobs.process.address import SECRET_PARAMETER

_USERINFO = re.compile(r"(?<=://)[^/\s@]{1,400}@|(?<=s3://|3a://)[^\s@?#]{1,400}:[^\s@]{1,400}@")
_NAME = r"(?:secret|password|passwd|token|access_?key|api_?key|credential|signature|x-amz-[a-z-]{1,40})"
_NAMED = re.compile(rf"(?i)({_NAME}[\"']?\s{{0,3}}[=:]\s{{0,3}}[\"']?)[^\s&,;\"'}}]{{1,400}}")
_IN_A_QUERY = re.compile(rf"(?i)([?&;]{SECRET_PARAMETER}=)[^\s&;#]{{1,400}}")
_ACCESS_KEY = re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{16}\b")
_SECRET_VARIABLE = re.compile(r"(?i)secret|password|passwd|token|access_?key|api_?key|credential")
_PLACE = re.compile(r"(?i)_(file|path|dir|uri|url)$")
SHORTEST = 8
"""A shorter value of an environment variable is not treated as a secret, because such values occur everywhere."""


def redacted(text: str) -> str:
    """The text without secrets.

    Secrets are user names and passwords in addresses, values of names that sound secret, AWS key ids, and the values of
    environment variables whose names sound secret, anywhere in the text.
    """
    for value in known():
        text = text.replace(value, "***")
    text = _ACCESS_KEY.sub("***", _NAMED.sub(r"\1***", _USERINFO.sub("***@", text)))
    return _IN_A_QUERY.sub(r"\1***", text)


def known() -> list[str]:
    """The secrets in the environment, longest first."""
    values = {
        value.strip() for name, value in os.environ.items() if _SECRET_VARIABLE.search(name) and not _PLACE.search(name)
    }
    return sorted((value for value in values if len(value) >= SHORTEST), key=len, reverse=True)
