"""sbt's launcher, for a checkout that builds the native jar: `python -m decantry.jobs.setup.sbt` prints its path."""

from __future__ import annotations

from pathlib import Path

from decantry.jobs.java import check_java
from decantry.jobs.setup import ivy
from decantry.jobs.setup.cache import home, resource


def launcher() -> Path:
    """The launcher's jar in the cache, fetched when it is not there. Raises InfrastructureError when it cannot be."""
    check_java()
    target = home() / "sbt"
    if not target.is_dir():
        ivy.resolve(resource("sbt.ivy.xml"), resource("sbt.sha256"), target)
    return next(target.glob("sbt-launch-*.jar"))


if __name__ == "__main__":
    print(launcher())
