"""Row 33 of docs/reliability.md: timestamps do not depend on the machine's clock and time zone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime, timezone

import pytest

from decantry.udfs.page.page import instant

UTC = timezone.utc
MOMENTS = [
    ("2024-02-29T23:59:59Z", datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC)),
    ("2024-02-29T23:59:59.123456789Z", datetime(2024, 2, 29, 23, 59, 59, 123456, tzinfo=UTC)),
    ("2024-12-31T23:30:00-01:00", datetime(2025, 1, 1, 0, 30, tzinfo=UTC)),
    ("2024-03-31T02:30:00", datetime(2024, 3, 31, 2, 30, tzinfo=UTC)),  # an hour that Berlin skips
    ("2023-02-29T00:00:00Z", None),
    ("2024-06-30T23:59:60Z", None),
    ("0001-01-01T00:00:00+14:00", None),
    ("yesterday", None),
    ("", None),
    (None, None),
]


@pytest.fixture(params=["UTC", "Pacific/Kiritimati", "America/St_Johns", "Europe/Berlin"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    assert os.environ.get("TZ") == before
    time.tzset()


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(("written", "meant"), MOMENTS)
def test_a_timestamp(written: str | None, meant: datetime | None) -> None:
    assert instant(written) == meant
