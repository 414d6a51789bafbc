"""What every test shares: the package under its own name, a Spark session a process, and data kept beside the repo."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from infra.local.object_store import ObjectStore
    from tests.cold import Cold

ROOT = Path(__file__).resolve().parents[1]


def _map_package() -> None:
    """Make `decantry.*` importable from a bare checkout, as the wheel's package-dir does."""
    package = ROOT / "build" / "pkg" / "decantry"
    package.mkdir(parents=True, exist_ok=True)
    links = {room: ROOT / room for room in ("jobs", "udfs", "schemas")}
    for name, target in {**links, "__init__.py": ROOT / "jobs" / "root" / "__init__.py"}.items():
        if not (package / name).is_symlink():
            (package / name).symlink_to(target)
    for path in (str(ROOT), str(package.parent)):
        sys.path.insert(0, path)
    inherited = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(package.parent), str(ROOT), inherited]))


_map_package()
os.environ.setdefault("DECANTRY_PRIVATE_HOSTS", "127.0.0.1")  # the suite's own servers listen there
# commands in tests are short, so Java's second compiler would cost more than it gains
os.environ.setdefault("SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1")


FEW_ROWS = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.ui.explainMode": "simple",
    "spark.sql.lightweightPlanChangeValidation": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.databricks.delta.snapshotPartitions": "1",
    "spark.databricks.delta.stats.skipping": "false",
    "spark.databricks.delta.optimizeWrite.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
"""The settings of the tests' session in addition to those of every session. With few rows, fewer tasks are worth more
than a better plan, and compiling generated code costs more than it gains. tests/generated.py turns code generation on
for tests that need it."""


SHARED = {"cold": "cold", "ferries": "ferries", "two_crawls": "ferries", "pets": "pets"}
"""Slow fixtures, and the group of the tests that share each of them. All tests of a group run in one process, which
makes the fixture once."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "xdist_group(name): all tests of a group run in one process")
    config.addinivalue_line("markers", "spark: needs the shared session; set automatically, for `-m 'not spark'`")


@pytest.hookimpl(tryfirst=True)  # before the plugins read groups and marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the Spark tests of a file in one process, and also all tests that share a slow fixture."""
    for item in items:
        names = {*getattr(item, "fixturenames", ())}
        if {"spark", "cold"} & names:
            shared = [group for name, group in SHARED.items() if name in names]
            item.add_marker(pytest.mark.xdist_group(shared[0] if shared else item.path.stem))
            item.add_marker(pytest.mark.spark)
    items.sort(key=lambda item: "spark" not in item.keywords)  # slow tests first: short ones then fill the gaps


def pytest_make_parametrize_id(val: object) -> str | None:
    """Call long or binary parameters `bytes`. Compressed bytes contain the time, so every process would give them
    another name."""
    return "bytes" if isinstance(val, bytes) and not (len(val) < 60 and val.isascii() and b"\0" not in val) else None


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """The session of this process, with one partition and without adaptive plans, because tests have few rows."""
    from pyspark.sql import SparkSession

    from decantry.jobs.lake.session import start

    warm = SparkSession.getActiveSession() is not None  # tests/warm.py started it, and keeps it
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SPARK_SUBMIT_OPTS", raising=False)
        session = start(str(tmp_path_factory.mktemp("warehouse")), app="decantry-tests", cores=2)
    for name, value in FEW_ROWS.items():
        session.conf.set(name, value)
    yield session
    if not warm:
        session.stop()


@pytest.fixture(scope="session")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Cold:
    """The demo's lake, made by a separate process. Tests do not change it."""
    from tests.cold import run

    return run(tmp_path_factory.mktemp("cold"))


@pytest.fixture(scope="session")
def object_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStore]:
    """A real S3 server with the buckets `pages` and `lake`; its jars are fetched by name the first time."""
    from infra.local.object_store import object_store as serving

    with serving(tmp_path_factory.mktemp("s3"), "pages", "lake") as store:
        yield store


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real pages beside the repo; a test that needs it is skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data, which is not here")
    return folder
