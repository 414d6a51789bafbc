"""Which environment variables make another client."""

from __future__ import annotations

import pytest

from decantry.jobs.store import s3_client


@pytest.mark.parametrize(
    ("name", "is_read"),
    [
        *((name, True) for name in ("AWS_PROFILE", "DECANTRY_S3_ACCESS", "HOME", "USERPROFILE", "REQUESTS_CA_BUNDLE")),
        *((name, True) for name in ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy")),
        *((name, False) for name in ("HOMEBREW_PREFIX", "NO_PROXY_HERE", "MY_AWS_PROFILE")),
    ],
)
def test_a_client_is_made_of_these_variables(name: str, is_read: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    before = s3_client._environment()
    monkeypatch.setenv(name, "another")
    assert (s3_client._environment() != before) is is_read
