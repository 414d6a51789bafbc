"""fastText classifiers: a model file by path and sha256, and the probability of a label."""

from __future__ import annotations

import hashlib
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

MAGIC = (793712314).to_bytes(4, "little")
"""What a fastText model begins with."""


def verify(path: str, sha256: str) -> None:
    """Raise FileNotFoundError when there is no such file, ValueError when its sha256 is another or it is no model."""
    if not Path(path).is_file():
        raise FileNotFoundError("there is no such file")
    with Path(path).open("rb") as file:
        first = file.read(len(MAGIC))
        file.seek(0)
        found = hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else _digest(path)
    if found != sha256:
        raise ValueError(f"its sha256 is {found}, the recipe names {sha256}")
    if first != MAGIC:
        raise ValueError("it is no fastText model")


def _digest(path: str) -> str:
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


@cache
def load(path: str, sha256: str) -> Any:
    """The verified model, loaded once a process."""
    verify(path, sha256)
    import fasttext

    return fasttext.load_model(path)


def score(model: Any, text: str, label: str) -> float:
    """The probability of `label` for the text, 0 where the model does not name it; line breaks count as spaces."""
    labels, scores = model.predict(text.replace("\n", " ").replace("\0", " "), k=-1)
    return float(min(1.0, dict(zip(labels, scores, strict=True)).get(label, 0.0)))


def has_label(path: str, label: str) -> bool:
    """Whether the model's dictionary has the label.

    An entry is its text, a zero byte, a count of 8 bytes, and a byte that is 1 for a label
    (facebookresearch/fastText src/dictionary.cc, Dictionary::save).
    """
    wanted = label.encode() + b"\0"
    with Path(path).open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        at = data.find(wanted)
        while at >= 0:
            end = at + len(wanted) + 8
            begins = data[at - 1 : at] in (b"\0", b"\1", b"\xff")  # ends another entry, or what stands before the first
            if begins and data[end : end + 1] == b"\1":
                return True
            at = data.find(wanted, at + 1)
    return False
