"""The lock files pin every package by digest, name no host, agree with each other, and contain what pyproject asks for
and no more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tomli

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-docs.lock", "requirements-build.lock")
}
RUN, DEV, DOCS, BUILD = LOCKS.values()
ASKED = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINNED = re.compile(r"^([a-z0-9_.-]+)(?:\[[a-z,]+\])?==(\S+)( ; .*?)? \\$", re.M)


def named(requirements: list[str]) -> set[str]:
    words = (re.match(r"[A-Za-z0-9_.-]+", line) for line in requirements)
    return {word[0].lower().replace("_", "-") for word in words if word}


def pins(lock: str) -> set[tuple[str, str]]:
    """The packages and versions of a lock."""
    return {(name, version) for name, version, _ in PINNED.findall(lock)}


def names(lock: str) -> set[str]:
    return {name for name, _ in pins(lock)}


@pytest.mark.parametrize("lock", LOCKS.values(), ids=list(LOCKS))
def test_every_package_is_pinned_by_digest(lock: str) -> None:
    entries = [entry for entry in re.split(r"\n(?=[a-z0-9])", lock) if not entry.startswith("#")]
    assert len(entries) >= 2
    assert all(PINNED.match(entry) and "--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize("lock", LOCKS.values(), ids=list(LOCKS))
def test_it_names_no_host(lock: str) -> None:
    assert "://" not in lock and "index-url" not in lock


def test_both_locks_pin_the_same_versions() -> None:
    assert len(pins(RUN)) > 100
    assert pins(RUN) <= pins(DEV)


def test_everything_that_the_project_asks_for_is_in_them() -> None:
    extras = ASKED["project"]["optional-dependencies"]
    runs = named(ASKED["project"]["dependencies"]) | named(extras["spark"])
    runs |= named(extras["fasttext"]) | named(extras["wordllama"]) | named(ASKED["dependency-groups"]["checkout"])
    assert len(runs) > 20
    assert runs <= names(RUN)
    assert runs | named(extras["dev"]) | named(extras["trafilatura"]) <= names(DEV)
    assert named(extras["universal"]) | named(extras["onnx"]) <= names(DEV)
    assert named(ASKED["dependency-groups"]["build"]) == names(BUILD)
    assert named(ASKED["dependency-groups"]["docs"]) <= names(DOCS)


def test_pyarrow_is_new_enough_to_cast_views_of_strings() -> None:
    """`batches_of` (jobs/lake/without_spark.py) casts `string_view` to `string`, which pyarrow can since 18.0."""
    (floor,) = (line.removeprefix("pyarrow>=") for line in ASKED["project"]["dependencies"] if "pyarrow" in line)
    assert int(floor) >= 18


def test_packages_of_the_docs_agree_with_the_others_and_are_not_needed_elsewhere() -> None:
    both = names(DOCS) & names(DEV)
    assert {"jinja2", "pyyaml"} <= both
    assert {pin for pin in pins(DOCS) if pin[0] in both} <= pins(DEV)
    assert {"sphinx", "furo", "myst-parser"} <= names(DOCS) - names(DEV)


def test_packages_for_tests_and_lints_alone_are_not_installed_to_run() -> None:
    tools = {"pytest", "hypothesis", "ruff", "mypy", "moto", "spacy", "ipykernel", "jupytext", "nbclient", "pip-audit"}
    assert tools <= names(DEV)
    assert not tools & names(RUN)
    assert "datatrove" not in names(RUN) | names(DEV)
    assert not {"mlflow", "scikit-learn", "matplotlib", "flask", "sympy"} & names(RUN)


def test_no_two_packages_bring_the_same_module() -> None:
    """Otherwise it would be chance which of them an import finds."""
    assert {name for name in names(DEV) if name.startswith("fasttext")} == {"fasttext-predict", "fasttext-predict-v2"}
