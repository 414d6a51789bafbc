"""Mermaid's script, which draws the pictures: fetched once into the cache, by name and digest.

`python -m infra.site.mermaid` fetches it, so that the site is built without a network.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from decantry.jobs.process.home import home
from decantry.jobs.setup import ivy

HERE = Path(__file__).resolve().parent


def script() -> bytes:
    """The script."""
    descriptor, pins = HERE / "mermaid.ivy.xml", HERE / "mermaid.sha256"
    folder = home() / "mermaid"
    if ivy.wrong(folder, pins):
        ivy.resolve(descriptor, pins, folder)
    (jar,) = folder.glob("*.jar")
    with zipfile.ZipFile(jar) as packed:
        (name,) = (each for each in packed.namelist() if each.endswith("/dist/mermaid.min.js"))
        return packed.read(name)


if __name__ == "__main__":
    script()
