"""URL lists, compiled for `url_match`: sorted 64-bit keys for millions of names, plain text for word lists."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

NAME_LISTS = ("domains", "urls")
WORD_LISTS = ("banned_words.txt", "soft_banned_words.txt", "banned_subwords.txt")
_BLOCK = 1 << 20
_NOT_ALPHANUMERIC = re.compile(r"[^a-zA-Z0-9]+")


def compile_lists(sources: Path, target: Path) -> str:
    """Compile the folder `sources` (UT1 format: one name a line, `#` starts a comment) into the folder `target`.

    `domains.u64` and `urls.u64` hold sorted, distinct, little-endian keys. The word lists hold one lower-case word a
    line. `SHA256` holds the digest over the source files, which is returned. A missing list is compiled as empty.
    """
    target.mkdir(parents=True)
    digest = hashlib.sha256()
    for name in (*NAME_LISTS, *WORD_LISTS):
        path = sources / name
        digest.update(f"{name} {path.stat().st_size if path.is_file() else 0}\n".encode())
        lines = _lines(path, digest) if path.is_file() else iter(())
        if name in NAME_LISTS:
            (target / f"{name}.u64").write_bytes(keys(lines).tobytes())
        else:
            words = sorted({_NOT_ALPHANUMERIC.sub("", line).lower() for line in lines} - {""})
            (target / name).write_text("".join(f"{word}\n" for word in words), encoding="utf-8")
    (target / "SHA256").write_text(digest.hexdigest() + "\n", encoding="utf-8")
    return digest.hexdigest()


def _lines(path: Path, digest: hashlib._Hash) -> Iterator[str]:
    """The file's lines that are neither empty nor comments, stripped. Every byte is fed to `digest`."""
    with path.open("rb") as stream:
        while block := b"".join(stream.readlines(_BLOCK)):
            digest.update(block)
            for line in block.decode("utf-8").split("\n"):
                if not line.startswith("#") and (name := line.strip()):
                    yield name


def keys(names: Iterable[str]) -> npt.NDArray[np.uint64]:
    """The sorted, distinct keys of `names`: each the first 8 bytes, little-endian, of sha1 over its UTF-8."""
    import numpy as np

    found = bytearray()
    for name in names:
        found += hashlib.sha1(name.encode("utf-8"), usedforsecurity=False).digest()[:8]
    return np.unique(np.frombuffer(found, dtype="<u8"))
