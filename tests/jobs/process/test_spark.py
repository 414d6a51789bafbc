"""Our modules load without pyspark."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys

import pytest

from decantry.jobs.process.spark import F, Window

IMPORT_ALL = """
import importlib, pkgutil, sys
import decantry.jobs, decantry.schemas
count, found = 0, []
for package in (decantry.jobs, decantry.schemas):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if module.name in sys.argv[1:] or module.name.endswith("__main__"):
            continue
        count += 1
        importlib.import_module(module.name)
        if "pyspark" in sys.modules:
            sys.exit(f"{module.name} imports pyspark")
print(count)
"""
WITH_PYSPARK = ["decantry.jobs.checks.offline_store"]
"""Great Expectations imports this module by its name, and it imports Great Expectations, which imports pyspark."""


def test_no_module_imports_pyspark_when_it_is_imported() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL, *WITH_PYSPARK], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 400


def test_functions_and_windows_are_those_of_spark() -> None:
    from pyspark import sql
    from pyspark.sql import functions

    assert F.col is functions.col
    assert Window.unboundedPreceding == sql.Window.unboundedPreceding


def test_a_copy_and_what_was_pickled_are_the_same_object() -> None:
    from pyspark import cloudpickle

    for lazy in (F, Window):
        assert copy.copy(lazy) is lazy
        assert copy.deepcopy(lazy) is lazy
        assert pickle.loads(pickle.dumps(lazy)) is lazy
        assert cloudpickle.loads(cloudpickle.dumps(lazy)) is lazy
    with pytest.raises(AttributeError, match="__wrapped__"):
        F.__wrapped__  # noqa: B018
