"""Lines about files that an input has and that are not read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Notes:
    """`warn` is called with a line about files that the user may miss, and `tell` with one about files that are no part
    of the input: hidden ones, and those of a table that its newest version does not have.
    """

    tell: Tell
    warn: Tell
