"""The Databricks bundle names things that exist: the entry point, commands and options, the jar, its own variables."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from decantry.jobs.lake.jars import native_jar
from decantry.jobs.lake.session import EXTENSIONS
from tests.infra.command_line import assert_command_exists

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "infra" / "databricks"
TEXT = (FOLDER / "databricks.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bundle() -> dict[str, Any]:
    loaded = yaml.safe_load(TEXT)
    assert isinstance(loaded, dict)
    return loaded


def _tasks(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    return [task for job in bundle["resources"]["jobs"].values() for task in job["tasks"]]


def test_every_variable_is_declared_and_used(bundle: dict[str, Any]) -> None:
    used = set(re.findall(r"\$\{var\.(\w+)\}", TEXT))
    assert used == set(bundle["variables"])
    for target in bundle["targets"].values():
        assert set(target.get("variables", {})) <= used


def test_the_tasks_start_real_commands_of_the_wheel(bundle: dict[str, Any]) -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for task in _tasks(bundle):
        wheel = task["python_wheel_task"]
        assert re.search(rf'^name = "{wheel["package_name"]}"$', project, flags=re.MULTILINE)
        assert re.search(rf'^{wheel["entry_point"]} = "decantry\.', project, flags=re.MULTILINE)
        assert_command_exists(wheel["parameters"])
        assert task["libraries"] == [{"whl": "../../dist/*.whl"}]


def test_tasks_run_on_declared_clusters_in_an_order_that_exists(bundle: dict[str, Any]) -> None:
    for job in bundle["resources"]["jobs"].values():
        clusters = {cluster["job_cluster_key"] for cluster in job["job_clusters"]}
        names = {task["task_key"] for task in job["tasks"]}
        for task in job["tasks"]:
            assert task["job_cluster_key"] in clusters
            assert {before["task_key"] for before in task.get("depends_on", [])} <= names


def test_the_cluster_has_the_native_functions(bundle: dict[str, Any]) -> None:
    cluster = bundle["resources"]["jobs"]["corpus"]["job_clusters"][0]["new_cluster"]
    assert cluster["spark_conf"]["spark.sql.extensions"] == EXTENSIONS
    script = Path(cluster["init_scripts"][0]["volumes"]["destination"]).name
    body = (FOLDER / script).read_text(encoding="utf-8")
    assert native_jar().name in body
    assert cluster["spark_version"].endswith("scala2.13")


def test_the_init_script_copies_the_jar(tmp_path: Path) -> None:
    jars = tmp_path / "jars"
    jars.mkdir()
    (tmp_path / native_jar().name).write_bytes(b"jar")
    script = (FOLDER / "native-jar.sh").read_text(encoding="utf-8").replace("/databricks/jars/", f"{jars}/")
    subprocess.run(["bash", "-c", script], env={"DECANTRY_JAR_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}, check=True)
    assert (jars / native_jar().name).read_bytes() == b"jar"
