"""Set-up before the first run: it checks Java, and fetches jars, URL lists and models into the cache, once."""

from __future__ import annotations

from collections.abc import Callable
from importlib import metadata

from decantry.jobs.lake.jars import runtime_key
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.process.home import home
from decantry.jobs.process.java import check_java
from decantry.jobs.setup import ivy, url_lists
from decantry.jobs.setup.cache import model_path, resource
from decantry.jobs.setup.tracking_store import make_empty_store

SPARK = "4.1."


def setup(say: Callable[[str], None] = print) -> None:
    """Fetch everything that is missing in the cache. A second call finds it all and does nothing.

    `say` is called with one line for each part. Raises InfrastructureError if Java or pyspark is missing or a download
    fails, and UserError if the pinned jars do not fit the installed Spark.
    """
    say(f"java {check_java()}, pyspark {_check_spark()}")
    jars, pins = home() / "jars" / runtime_key(), resource("runtime.sha256")
    if ivy.wrong(jars, pins):
        say("fetching the runtime jars (Delta, S3) ...")
        ivy.resolve(resource("runtime.ivy.xml"), pins, jars)
    say(f"jars in {jars}")
    if not (home() / "lists" / url_lists.NAME / "SHA256").is_file():
        say("fetching and compiling the URL lists ...")
    say(f"URL lists in {url_lists.install()}")
    say(f"language model in {model_path('package:lid.176.ftz')}")
    say(f"empty tracking store in {make_empty_store()}")


def _check_spark() -> str:
    """The version of the installed pyspark. Raises an error if the pinned jars do not fit it."""
    try:
        version = metadata.version("pyspark")
    except metadata.PackageNotFoundError as error:
        raise InfrastructureError("pyspark is not installed here: pip install 'decantry[spark]'") from error
    if not version.startswith(SPARK):
        raise UserError(
            f"the pinned jars are for pyspark {SPARK}x, and {version} is installed: install the extra decantry[spark], "
            "or put your Spark's Delta jars into a folder and name it in DECANTRY_JARS"
        )
    return version
