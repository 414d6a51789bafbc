from __future__ import annotations

from pathlib import Path

import pytest

import decantry
from decantry.jobs.process.errors import UserError


def test_a_session_of_no_lake_is_refused_before_spark_starts(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no lake at"):
        decantry.session(str(tmp_path / "lake"))
