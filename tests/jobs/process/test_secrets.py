from __future__ import annotations

import pytest

from decantry.jobs.process.secrets import redacted


def test_a_key_of_an_api_is_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "canary-key-0123456789")
    assert redacted("you said canary-key-0123456789") == "you said ***"
    assert redacted("api_key=abc, apikey: def") == "api_key=***, apikey: ***"
