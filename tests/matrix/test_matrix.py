"""Row 34 of docs/reliability.md: another Spark, another Scala, another Delta, and ANSI SQL off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.matrix.sparks import differences

pytestmark = pytest.mark.slow


def test_every_spark_makes_the_same_rows(tmp_path: Path) -> None:
    assert differences(tmp_path) == []
