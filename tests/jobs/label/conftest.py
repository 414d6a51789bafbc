from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.jobs.label.server import KEY, Server, scored, serving


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that gives each text three points, unless the test sets another answer."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    for name in ("OPENAI_BASE_URL", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with serving(lambda prompt: scored(3)) as found:
        yield found
