"""A server of files that the tests of sources share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from decantry.jobs.store import retries
from tests.jobs.stores import Store, store


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(retries, "LONGEST_WAIT", 0.01)
    with store() as opened:
        yield opened
