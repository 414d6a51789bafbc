"""What an embedding backend is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Backend(Protocol):
    """A frozen model of texts."""

    @property
    def name(self) -> str:
        """What `--backend` calls it."""

    @property
    def dimension(self) -> int:
        """The numbers of a row."""

    @property
    def sha256(self) -> str:
        """The digest of its weights and tokenizer: a head fits no others."""

    def embed(self, texts: Sequence[str]) -> NDArray[Any]:
        """A row of `dimension` numbers for each text; it depends on that text alone."""
