"""Our extractor on annotated pages whose hosts its model has not seen."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from decantry.jobs.models.extractor.blocks import Measured, command
from decantry.jobs.models.extractor.fit import fit
from decantry.jobs.models.extractor.forest import from_bytes, to_bytes
from decantry.jobs.models.extractor.pages import TrainingPage, read_pages
from decantry.jobs.models.extractor.rows import Rows, fold_of, gather
from decantry.jobs.models.extractor.teacher import trafilatura
from tests.bench.extractors import Made, Page, ours

SHIPPED = Path(__file__).resolve().parents[2] / "udfs/src/main/resources/org/decantry/page/extractor.bin"
FOLDS = 10


def held_out(pages: Sequence[TrainingPage], archives: Sequence[str], share: float) -> Made:
    """The texts of the annotated pages.

    The model of each page is trained on other folds and on a share of the archives' pages. The threshold is that of the
    shipped model. The seconds are those of the extraction alone.
    """
    rows = gather(Measured([*pages, *read_pages(archives, share)], command()), trafilatura())
    texts, seconds = [""] * len(pages), 0.0
    for fold in range(FOLDS):
        at = [number for number, page in enumerate(pages) if fold_of(page.host, FOLDS) == fold]
        with tempfile.NamedTemporaryFile(suffix=".bin") as file:
            file.write(_model(rows, fold))
            file.flush()
            made = ours([Page(pages[number].html) for number in at], "text", file.name)
        seconds += made.seconds
        for number, text in zip(at, made.texts, strict=True):
            texts[number] = text
    return Made(texts, seconds)


def _model(rows: Rows, fold: int) -> bytes:
    """The model of all pages that are not of the fold."""
    threshold = from_bytes(SHIPPED.read_bytes()).threshold
    return to_bytes(fit(rows, [page for page in rows.pages if fold_of(page.host, FOLDS) != fold], threshold))
