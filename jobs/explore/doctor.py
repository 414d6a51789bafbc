"""Checks what a run needs on this machine, without starting Spark."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata

from decantry.jobs.lake.address import canonical
from decantry.jobs.lake.jars import native_jar, runtime_jars
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.process.errors import DecantryError
from decantry.jobs.process.java import check_java, java_command
from decantry.jobs.process.secrets import redacted
from decantry.jobs.setup.cache import digest, list_dir, model_path
from decantry.jobs.tracking.store import tracking_store

GIB = 1 << 30
WANTED_DISK = 5 * GIB
WANTED_MEMORY = 4 * GIB


@dataclass(frozen=True)
class Finding:
    """The result of one check: whether it is ok, a message that says what was found, and whether a run needs it."""

    what: str
    ok: bool
    message: str
    needed: bool = True


def findings(lake: str | None) -> Iterator[Finding]:
    """The results of all checks, in order. With a lake, also whether it can be written and where runs are tracked."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding("python", sys.version_info >= (3, 10), f"{version}, 3.10 or newer is needed")
    yield _tried("java", _java)
    yield _tried(
        "spark", lambda: f"pyspark {metadata.version('pyspark')}, delta-spark {metadata.version('delta-spark')}"
    )
    yield _tried("runtime jars", _runtime_jars)
    yield _tried("native jar", _native_jar)
    yield _tried("url lists", lambda: _list("ut1-adult"))
    yield _tried("language model", lambda: _model("package:lid.176.ftz"))
    yield _tried("trafilatura", lambda: metadata.version("trafilatura"), needed=False)
    free = shutil.disk_usage(".").free
    yield Finding("disk", free >= WANTED_DISK, f"{free / GIB:.0f} GiB free here", needed=False)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    yield Finding("memory", memory >= WANTED_MEMORY, f"{memory / GIB:.0f} GiB, {os.cpu_count()} cores", needed=False)
    if lake is not None:
        yield _tried("lake", lambda: _lake(lake))
        yield _tried("tracking", lambda: _tracking(lake), needed=False)


def _tried(what: str, look: Callable[[], str], needed: bool = True) -> Finding:
    try:
        return Finding(what, True, look(), needed)
    except metadata.PackageNotFoundError as error:
        return Finding(what, False, f"{error.name} is not installed: pip install {error.name}", needed)
    except (DecantryError, OSError) as error:
        return Finding(what, False, str(error), needed)


def _java() -> str:
    return f"{check_java()} ({java_command()})"


def _runtime_jars() -> str:
    folder = runtime_jars()
    return f"{len(list(folder.glob('*.jar')))} in {folder}"


def _native_jar() -> str:
    return str(native_jar())


def _list(name: str) -> str:
    folder = list_dir(name)
    return f"{name}, sha256 {(folder / 'SHA256').read_text().strip()[:12]} in {folder}"


def _model(spec: str) -> str:
    path = model_path(spec)
    return f"{path.name}, sha256 {digest(path)[:12]}"


def _lake(lake: str) -> str:
    require_usable(lake, write=True)
    return f"{canonical(lake)} can be written"


def _tracking(lake: str) -> str:
    where = tracking_store(lake)
    return redacted(where.uri) if where else "off: set MLFLOW_TRACKING_URI"
