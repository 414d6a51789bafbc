"""URL lists compiled for `url_match`: sorted 64-bit keys for millions of names, plain words for the word lists."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

NAME_LISTS = ("domains", "urls")
WORD_LISTS = ("banned_words.txt", "soft_banned_words.txt", "banned_subwords.txt")
_NOT_ALPHANUMERIC = re.compile(r"[^a-zA-Z0-9]+")


def compile_lists(sources: Path, target: Path) -> str:
    """Compile the folder `sources` (UT1 format: one name a line, `#` starts a comment) into the folder `target`.

    `domains.u64` and `urls.u64` hold sorted, distinct, little-endian keys; the word lists one lower-case word a line;
    `SHA256` the digest over the source files, which is returned. A list that `sources` lacks is compiled as empty.
    """
    target.mkdir(parents=True)
    digest = hashlib.sha256()
    for name in (*NAME_LISTS, *WORD_LISTS):
        path = sources / name
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{name} {len(content)}\n".encode() + content)
        lines = (line for line in content.decode("utf-8").split("\n") if line.strip() and not line.startswith("#"))
        if name in NAME_LISTS:
            (target / f"{name}.u64").write_bytes(keys(line.strip() for line in lines).tobytes())
        else:
            words = sorted({_NOT_ALPHANUMERIC.sub("", line).lower() for line in lines} - {""})
            (target / name).write_text("".join(f"{word}\n" for word in words), encoding="utf-8")
    (target / "SHA256").write_text(digest.hexdigest() + "\n", encoding="utf-8")
    return digest.hexdigest()


def keys(names: Iterable[str]) -> npt.NDArray[np.uint64]:
    """The sorted, distinct keys of `names`: each the first 8 bytes, little-endian, of sha1 over its UTF-8."""
    joined = b"".join(hashlib.sha1(name.encode("utf-8"), usedforsecurity=False).digest()[:8] for name in names)
    return np.unique(np.frombuffer(joined, dtype="<u8"))
