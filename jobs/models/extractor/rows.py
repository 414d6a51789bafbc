"""The rows that a model is trained on: a block each, with its label, its weight and its page."""

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
    from decantry.jobs.models.extractor.given import Given

Teach = Callable[[str], str | None]
"""From a page's markup to the text that a teacher takes for its content; null where it has nothing to say."""


@dataclass(frozen=True)
class PageRows:
    """Where a page's blocks stand among the rows, and what is needed to score it; texts are kept of annotated pages."""

    host: str
    start: int
    end: int
    texts: list[str]
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    @property
    def annotated(self) -> bool:
        """Whether people have marked anything on it."""
        return bool(self.wanted or self.unwanted)


@dataclass(frozen=True)
class Rows:
    """Features, whether the row is content, its weight, and the pages in the order of their rows."""

    features: NDArray[np.float32]
    content: NDArray[np.bool_]
    weights: NDArray[np.float32]
    pages: list[PageRows]

    def of(self, pages: Iterable[PageRows]) -> NDArray[np.int64]:
        """The numbers of the rows of some pages that have a label."""
        import numpy as np

        spans = [np.arange(page.start, page.end) for page in pages]
        rows = np.concatenate(spans) if spans else np.empty(0, np.int64)
        return rows[self.weights[rows] > 0]


def gather(measured: Iterable[tuple[Given, Blocks]], teach: Teach) -> Rows:
    """The labelled rows of pages. A page without blocks, or with nothing known of it, gives none."""
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
    """The fold of a host's pages: pages of one host are never in two."""
    return int.from_bytes(hashlib.sha256(host.encode()).digest()[:8], "big") % folds
