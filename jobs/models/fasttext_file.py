"""Trains fastText models with the library floret, and writes them in fastText's file format.

floret is fastText (MIT) with an additional kind of vectors. It trains the same classifiers. We use it because every
package named fasttext that can train installs the same files as `fasttext-predict`, so both cannot be installed.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

from decantry.jobs.process.errors import UserError

MISSING = "training fastText needs the package floret: pip install 'decantry[fasttext]'"
_FLORET_FIELDS = slice(52, 60)
"""The bytes of `mode` and `hashCount` in floret's file, two integers before `lrUpdateRate` (floret src/args.cc,
Args::save). fastText's file has the same fields without these two."""
_PLAIN = struct.pack("<2i", 1, 1)
"""The values of a model with fastText's own vectors: one hash for each word."""


def library() -> Any:
    """The module floret. Raises UserError if it is not installed."""
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
        raise AssertionError("this version of floret writes an unknown file format: pip install 'decantry[fasttext]'")
    path.write_bytes(content[: _FLORET_FIELDS.start] + content[_FLORET_FIELDS.stop :])
