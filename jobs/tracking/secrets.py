"""Secrets out of what is written down about a run."""

from __future__ import annotations

import re

_USERINFO = re.compile(r"(?<=://)[^/\s@]{1,400}@")
_NAME = r"(?:secret|password|passwd|token|access_?key|credential|signature|x-amz-[a-z-]{1,40})"
_NAMED = re.compile(rf"(?i)({_NAME}[\"']?\s{{0,3}}[=:]\s{{0,3}}[\"']?)[^\s&,;\"'}}]{{1,400}}")
_ACCESS_KEY = re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{16}\b")


def redacted(text: str) -> str:
    """The text without user names and passwords in addresses, values of secret-sounding names, and AWS key ids."""
    return _ACCESS_KEY.sub("***", _NAMED.sub(r"\1***", _USERINFO.sub("***@", text)))
