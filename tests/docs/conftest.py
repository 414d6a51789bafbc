"""The demo's lake, made once for the README and the notebook, and only read after that."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.sample import build
from tests.command import decantry

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@dataclass(frozen=True)
class Demo:
    """A folder with the sample's archives and the lake `demo-lake` of them, and what the run that made it printed."""

    folder: Path
    printed: str


@pytest.fixture(scope="session")
def demo(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        build(Path("build/sample"))
        made = decantry("run", "fineweb", "--input", str(folder / "build/sample"), "--lake", "demo-lake")
    assert made.code == 0, made.err
    return Demo(folder, made.out)
