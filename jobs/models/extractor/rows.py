"""The rows that a model is trained on: one for each block, with its label, its weight and its page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.models.extractor.labels import labels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from decantry.jobs.models.extractor.blocks import Blocks
    from decantry.jobs.models.extractor.pages import TrainingPage

Teach = Callable[[str], str | None]
"""Returns a teacher's text of a page's HTML; None if the teacher finds no content."""


@dataclass(frozen=True)
class PageRows:
    """The range of a page's rows, and what is needed to evaluate it. Texts are kept for annotated pages only."""

    host: str
    start: int
    end: int
    texts: list[str]
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    @property
    def annotated(self) -> bool:
        """Whether people marked anything on the page."""
        return bool(self.wanted or self.unwanted)


@dataclass(frozen=True)
class Rows:
    """The features, labels and weights of all rows, and the pages in the order of their rows."""

    features: NDArray[np.float32]
    content: NDArray[np.bool_]
    weights: NDArray[np.float32]
    pages: list[PageRows]

    def of(self, pages: Iterable[PageRows]) -> NDArray[np.int64]:
        """The indices of the labelled rows of these pages."""
        import numpy as np

        spans = [np.arange(page.start, page.end) for page in pages]
        rows = np.concatenate(spans) if spans else np.empty(0, np.int64)
        return rows[self.weights[rows] > 0]


def gather(measured: Iterable[tuple[TrainingPage, Blocks]], teach: Teach) -> Rows:
    """The labelled rows of the pages. A page without blocks, or without any label, has no rows."""
    import numpy as np

    features, content, weights, pages, end = [], [], [], [], 0
    for page, blocks in measured:
        teacher = teach(page.html) if blocks.texts else None
        if not blocks.texts or (teacher is None and not page.annotated):
            continue
        known = labels(blocks.texts, teacher, page.wanted, page.unwanted)
        features.append(blocks.features)
        content += [label.content for label in known]
        weights += [label.weight for label in known]
        start, end = end, end + len(known)
        texts = blocks.texts if page.annotated else []
        pages.append(PageRows(page.host, start, end, texts, page.wanted, page.unwanted))
    width = features[0].shape[1] if features else 0
    return Rows(
        np.concatenate(features) if features else np.empty((0, width), np.float32),
        np.array(content, np.bool_),
        np.array(weights, np.float32),
        pages,
    )


def fold_of(host: str, folds: int) -> int:
    """The fold of a host. All pages of a host are in one fold."""
    return int.from_bytes(hashlib.sha256(host.encode()).digest()[:8], "big") % folds
