"""The list of Thai words that the native jar carries. The build takes it from the package that publishes it.

Source: the `pythainlp` 5.4.0 wheel, `pythainlp/corpus/words_th.txt` (CC0-1.0). It is not committed.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.home import home
from decantry.jobs.setup.digest import digest
from decantry.jobs.setup.fetch import staging
from decantry.jobs.setup.wheel import wheel

PACKAGE = "pythainlp==5.4.0"
NAME = "words_th.txt"
SHA256 = "35f65d43ea83b5b981134d5edc3b9afcb64b4ba96146900fc4d312f2940c3265"


def install() -> Path:
    """A folder of resources for the jar, with the list in it, made if it is missing. Raises InfrastructureError."""
    target = home() / "resources" / SHA256[:12]
    if not target.is_dir():
        with staging(target.parent) as folder:
            path = folder / "made" / "org" / "decantry" / "text" / NAME
            path.parent.mkdir(parents=True)
            with zipfile.ZipFile(wheel(PACKAGE, folder)) as archive:
                path.write_bytes(archive.read(f"pythainlp/corpus/{NAME}"))
            if digest(path) != SHA256:
                raise InfrastructureError(f"{NAME} in {PACKAGE} is not the pinned one; nothing was installed")
            try:
                (folder / "made").rename(target)
            except OSError:  # another process was first
                if not target.is_dir():
                    raise
    return target
