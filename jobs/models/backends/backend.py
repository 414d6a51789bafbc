"""The interface of embedding backends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Backend(Protocol):
    """A frozen model that turns texts into vectors."""

    @property
    def name(self) -> str:
        """The name for `--backend`."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    @property
    def sha256(self) -> str:
        """The digest of its weights and tokenizer. A head works only with the ones that it was trained on."""

    def embed(self, texts: Sequence[str]) -> NDArray[Any]:
        """A row of `dimension` numbers for each text. A row depends only on its own text."""
