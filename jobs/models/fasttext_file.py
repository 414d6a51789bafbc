"""fastText models by the library floret, as files that every reader of fastText knows.

floret is fastText (MIT) with one more kind of vectors, and trains the same classifiers. It is used since the packages
that are called fasttext and train all bring the files of `fasttext-predict`, and no environment can hold both.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

from decantry.jobs.process.errors import UserError

MISSING = "training fastText needs the package floret: pip install 'decantry[fasttext]'"
_FLORET_FIELDS = slice(52, 60)
"""Where floret's file has `mode` and `hashCount`, two integers before `lrUpdateRate` (floret src/args.cc, Args::save):
fastText's has the same fields but for these."""
_PLAIN = struct.pack("<2i", 1, 1)
"""A model with fastText's own vectors, one hash a word."""


def library() -> Any:
    """floret's module. Raises UserError where it is not installed."""
    try:
        import floret
    except ImportError as error:
        raise UserError(MISSING) from error
    return floret


def save(model: Any, path: Path) -> None:
    """Write the model in fastText's own format."""
    model.save_model(str(path))
    content = path.read_bytes()
    if content[_FLORET_FIELDS] != _PLAIN:
        raise AssertionError("floret wrote a file of another form: this version is not known")
    path.write_bytes(content[: _FLORET_FIELDS.start] + content[_FLORET_FIELDS.stop :])
