"""Given ids, and ids from the content."""

from __future__ import annotations

import hashlib
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import pytest

from decantry.jobs.ingest import ids


@pytest.mark.parametrize(
    ("value", "id_"),
    [
        ("doc-1", "doc-1"),
        (" padded ", " padded "),
        ("<urn:uuid:da428435-de48-53a2-9e23-ac36e5368c68>", "<urn:uuid:da428435-de48-53a2-9e23-ac36e5368c68>"),
        (70, "70"),
        (0, "0"),
        (-3, "-3"),
        (2**70, str(2**70)),
        (70.0, "70"),  # what pandas makes of whole numbers beside a null
        (7.5, "7.5"),
        (1e300, "1e+300"),
        (Decimal("70"), "70"),
        (Decimal("70.00"), "70"),
        (Decimal("0.250"), "0.25"),
        (Decimal(10) ** 37, "1" + "0" * 37),
        (b"\xff\x00", "ff00"),
        ("a\0b", "a\ufffdb"),
        ("padded\0\0", "padded"),
        ("a\ud800", "a\ufffd"),
    ],
)
def test_a_given_id_is_kept(value: Any, id_: str) -> None:
    assert ids.given_id(value) == id_


@pytest.mark.parametrize("value", [None, "", " ", "\0", float("nan"), Decimal("NaN")])
def test_values_that_give_no_id(value: Any) -> None:
    assert ids.given_id(value) is None


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (True, "a bool"),
        ([1], "a list"),
        ({"$oid": "x"}, "a dict"),
        (datetime(2024, 5, 17), "a datetime"),
        (float("inf"), "inf"),
        (10**400, "a number of more than 100 digits"),
        (-(10**400), "a number of more than 100 digits"),
        (Decimal("1e1000"), r"1E\+1000"),
    ],
)
def test_values_that_cannot_be_an_id_are_refused(value: Any, what: str) -> None:
    with pytest.raises(ValueError, match=f"the row has an id that is {what}"):
        ids.given_id(value)


def test_a_content_id_depends_on_the_content_alone() -> None:
    at = datetime(2019, 4, 25, 12, 57, 54, tzinfo=timezone.utc)
    content = b"https://a.example/\n2019-04-25T12:57:54+00:00\nA text."
    assert ids.content_id("https://a.example/", at, "A text.") == f"sha256:{hashlib.sha256(content).hexdigest()[:32]}"
    nothing_else = hashlib.sha256(b"\n\nA text.").hexdigest()
    assert ids.content_id(None, None, "A text.") == f"sha256:{nothing_else[:32]}"
    made = {ids.content_id(url, when, text) for url in (None, "u") for when in (None, at) for text in ("a", "b")}
    assert len(made) == 8
