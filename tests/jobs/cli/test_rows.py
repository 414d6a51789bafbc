from __future__ import annotations

import io
import json
from datetime import datetime, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decantry.jobs.cli.rows import harmless, plain


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (float("nan"), None),
        (float("inf"), None),
        (1.5, 1.5),
        (datetime(2026, 11, 1, 12, 30, tzinfo=timezone.utc), "2026-11-01T12:30:00Z"),
        (bytearray(b"\x00\xff"), "AP8="),
        ({"a": float("nan"), "b": [b"x"]}, {"a": None, "b": ["eA=="]}),
        (Decimal("3"), 3),
        (Decimal("3.5"), 3.5),
        (True, True),
        (None, None),
    ],
)
def test_values_as_json_has_them(value: object, shown: object) -> None:
    assert plain(value) == shown
    json.dump(plain(value), io.StringIO(), allow_nan=False)


def test_what_could_steer_a_terminal_is_made_visible() -> None:
    assert harmless("a\x1b[31mred\x07\n\u202eevil") == "a\\u001b[31mred\\u0007⏎\\u202eevil"


@given(st.text())
def test_no_text_gets_a_control_character_through(text: str) -> None:
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in harmless(text))
