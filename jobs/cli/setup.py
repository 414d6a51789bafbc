"""decantry setup: fetch jars, lists and models into the cache, once."""

from __future__ import annotations

from decantry.jobs.cli.app import app
from decantry.jobs.setup import setup


@app.command(name="setup")
def command() -> None:
    """Fetch the runtime jars and the URL lists into the cache, if they are missing.

    Example: `decantry setup`
    """
    setup()
