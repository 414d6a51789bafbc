"""The URL lists that FineWeb used. Set-up takes them from the package that publishes them; they are not committed.

Source: the `datatrove` 0.10.1 wheel, `datatrove/assets`: the merged adult lists of the Université Toulouse Capitole
(UT1, CC BY-SA) and three word lists.
"""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.home import home
from decantry.jobs.setup.cache import digest
from decantry.jobs.setup.fetch import staging
from decantry.jobs.setup.lists import compile_lists
from decantry.jobs.setup.wheel import wheel

NAME = "ut1-adult"
PACKAGE = "datatrove==0.10.1"
_ARCHIVE = "url_filterblacklistsv0_3_0.tar.gz"
PINS = {
    _ARCHIVE: "b37eefe1f3103dfa46b21b3f407b8b23cec2958ea22028700e6cc44d80f55e9e",
    "banned_words.txt": "7aae5109ccc4d8357167168fa3a91331fa2fafd8eb8cc9c38cc9147c2610fab0",
    "soft_banned_words.txt": "e5043030accca33b0e368a693997576beea4c58279da641bff40b4e02281b063",
    "banned_subwords.txt": "4770445cd8d2b16495efde88bc4efc3a520bdc0f3137d14d85cd3d89b194a232",
}


def install() -> Path:
    """The folder of the compiled lists, made if it is missing. Raises InfrastructureError if that fails."""
    target = home() / "lists" / NAME
    if (target / "SHA256").is_file():
        return target
    with staging(target.parent) as folder:
        sources = folder / "sources"
        _unpack(wheel(PACKAGE, folder), sources)
        compiled = folder / NAME
        compile_lists(sources, compiled)
        compiled.rename(target)
    return target


def _unpack(package: Path, sources: Path) -> None:
    """Extract `domains`, `urls` and the word lists from the wheel into `sources`, each verified against its pin."""
    sources.mkdir()
    with zipfile.ZipFile(package) as archive:
        for name, pin in PINS.items():
            path = sources / name
            path.write_bytes(archive.read(f"datatrove/assets/{name}"))
            if digest(path) != pin:
                raise InfrastructureError(f"{name} in {PACKAGE} is not the pinned one; nothing was installed")
    with tarfile.open(sources / _ARCHIVE) as archive:
        for name in ("domains", "urls"):
            stream = archive.extractfile(name)
            if stream is None:
                raise InfrastructureError(f"{_ARCHIVE} holds no {name}")
            with stream, (sources / name).open("wb") as out:
                while chunk := stream.read(1 << 20):
                    out.write(chunk)
    (sources / _ARCHIVE).unlink()
