"""The wheel contains what it needs, and works outside of the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.wheel import build_wheel

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


def test_every_module_is_in_it(wheel: Path) -> None:
    modules = {
        f"decantry/{path.relative_to(ROOT)}".replace("decantry/jobs/root/", "decantry/")
        for room in ("jobs", "udfs", "schemas")
        for path in (ROOT / room).rglob("*.py")
    }
    assert {"decantry/__init__.py", "decantry/jobs/curate/job.py"} <= modules
    assert modules - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_it_carries_jars_recipes_sample_and_pins(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "decantry/udfs/jars/decantry-native_2.13.jar" in names
    shipped = {f"decantry/jobs/recipes/{path.name}" for path in (ROOT / "jobs" / "recipes").glob("*.yaml")}
    assert len(shipped) >= 4
    assert shipped <= names
    assert {f"decantry/jobs/sample/web/{path.name}" for path in (ROOT / "jobs/sample/web").glob("*.txt")} <= names
    assert {"decantry/jobs/setup/runtime.ivy.xml", "decantry/jobs/setup/runtime.sha256"} <= names
    assert not [name for name in names if name.startswith("tests/")]


@pytest.mark.slow  # `make jar` builds the jar for Spark 3.5
def test_it_carries_the_jar_for_spark_3_too(wheel: Path) -> None:
    assert "decantry/udfs/jars/decantry-native_2.12.jar" in zipfile.ZipFile(wheel).namelist()


def test_it_works_outside_of_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Unpacked, which is what installing does to a wheel of Python alone."""
    home = tmp_path / "unpacked"
    zipfile.ZipFile(wheel).extractall(home)
    outside = {**os.environ, "PYTHONPATH": str(home)}

    def run(*words: str) -> str:
        answer = subprocess.run(
            [sys.executable, *words], cwd=tmp_path, env=outside, capture_output=True, text=True, check=False
        )
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    assert "gopher_repetition" in run("-m", "decantry.jobs.main", "recipes", "fineweb")
    assert run("-m", "decantry.jobs.sample", "sample").count(".warc.gz") == 3
    where = run("-c", "from decantry.jobs.lake.jars import native_jar; print(native_jar())")
    assert Path(where.strip()).is_relative_to(home.resolve())


@pytest.mark.slow  # it makes an environment and installs the wheel
def test_it_is_installed_with_its_command(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    outside = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(install, env=outside, check=True)
    # The packages it depends on are those of this environment: put behind its own, so that its own code wins.
    site = home / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")

    def run(*words: str | Path) -> str:
        answer = subprocess.run(words, cwd=tmp_path, env=outside, capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    assert "gopher_repetition" in run(home / "bin" / "decantry", "recipes", "fineweb")
    where = run(python, "-c", "from decantry.jobs.lake.jars import native_jar; print(native_jar())")
    assert Path(where.strip()).is_relative_to(home.resolve())
