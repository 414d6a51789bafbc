"""Mermaid's script, which draws the pictures, and its licence: fetched once into the cache, by name and digest.

`python -m infra.site.mermaid` fetches it, so that the site is built without a network.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from decantry.jobs.process.home import home
from decantry.jobs.setup import ivy

HERE = Path(__file__).resolve().parent


def write(folder: Path) -> None:
    """Write the script and its licence into the folder."""
    with zipfile.ZipFile(jar()) as packed:
        for end, name in (("/dist/mermaid.min.js", "mermaid.min.js"), ("/LICENSE", "mermaid.LICENSE.txt")):
            (found,) = (each for each in packed.namelist() if each.endswith(end))
            (folder / name).write_bytes(packed.read(found))


def jar() -> Path:
    """The jar that has both."""
    descriptor, pins = HERE / "mermaid.ivy.xml", HERE / "mermaid.sha256"
    folder = home() / "mermaid"
    if ivy.wrong(folder, pins):
        ivy.resolve(descriptor, pins, folder)
    (found,) = folder.glob("*.jar")
    return found


if __name__ == "__main__":
    jar()
