"""Which tables a reading writes, without Spark."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from decantry.jobs.ingest.options import ReadingOptions
from decantry.jobs.ingest.scope import on_request

READING = ReadingOptions("decantry", "decantry-2", "", "", "auto", None, keep_html=False)


@pytest.mark.parametrize(
    ("there", "structure", "written"),
    [(False, False, []), (False, True, ["silver/blocks"]), (True, False, ["silver/blocks"])],
)
def test_blocks_of_an_earlier_reading_are_replaced_even_if_none_are_asked_for(
    there: bool, structure: bool, written: list[str]
) -> None:
    lake = cast("Any", SimpleNamespace(exists=lambda name: there))
    assert on_request(lake, replace(READING, structure=structure)) == written
