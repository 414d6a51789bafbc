"""What a machine needs before the first run, brought into the cache once: Java checked, jars, URL lists, models."""

from __future__ import annotations

from collections.abc import Callable

from decantry.jobs.java import check_java
from decantry.jobs.setup import ivy, url_lists
from decantry.jobs.setup.cache import home, model_path, resource, runtime_key


def setup(say: Callable[[str], None] = print) -> None:
    """Fill the cache with all that is missing; a second call finds everything and does nothing.

    `say` gets one line a part. Raises InfrastructureError where Java is missing or a download fails.
    """
    say(f"java {check_java()}")
    jars, pins = home() / "jars" / runtime_key(), resource("runtime.sha256")
    if ivy.wrong(jars, pins):
        say("fetching the runtime jars (Delta, S3) ...")
        ivy.resolve(resource("runtime.ivy.xml"), pins, jars)
    say(f"jars in {jars}")
    if not (home() / "lists" / url_lists.NAME / "SHA256").is_file():
        say("fetching and compiling the URL lists ...")
    say(f"URL lists in {url_lists.install()}")
    say(f"language model in {model_path('package:lid.176.ftz')}")
