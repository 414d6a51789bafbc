"""Set-up as a whole: a Spark that does not fit the pinned jars is reported before anything is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs import setup as package
from decantry.jobs.process.errors import UserError


def test_another_spark_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(package.metadata, "version", lambda _: "3.5.5")
    with pytest.raises(UserError, match=r"3\.5\.5 is installed.*DECANTRY_JARS") as caught:
        package.setup(lambda _: None)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "home").exists()
