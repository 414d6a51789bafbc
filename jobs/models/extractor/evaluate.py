"""Evaluates a model on hosts that it has not seen, and chooses its threshold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.models.extractor.fit import fit, probabilities_of
from decantry.jobs.models.extractor.rows import PageRows, Rows, fold_of
from decantry.jobs.models.extractor.snippets import Found, f1, found, interval, precision, recall, total

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

THRESHOLDS = tuple(step / 100 for step in range(20, 71, 5))


@dataclass(frozen=True)
class Judged:
    """A page with the probabilities of its blocks, by a model that saw no page of its host."""

    page: PageRows
    probabilities: NDArray[np.float64]

    def text(self, threshold: float) -> str:
        """The blocks that are kept at this threshold, one a line."""
        kept = zip(self.page.texts, self.probabilities, strict=True)
        return "\n".join(text for text, probability in kept if probability >= threshold)


def cross_validate(rows: Rows, folds: int, say: Callable[[str], None] = lambda line: None) -> list[Judged]:
    """Every page, judged by a model that was trained on the other folds."""
    judged: dict[int, Judged] = {}
    for fold in range(folds):
        held_out = [page for page in rows.pages if fold_of(page.host, folds) == fold]
        if held_out:
            forest = fit(rows, [page for page in rows.pages if fold_of(page.host, folds) != fold])
            judged |= {page.start: Judged(page, probabilities_of(forest, rows, page)) for page in held_out}
            say(f"fold {fold + 1} of {folds}: {len(held_out)} pages")
    return [judged[page.start] for page in rows.pages]


def snippets_found(judged: Sequence[Judged], threshold: float) -> list[Found]:
    """For each page, which of the snippets that people marked are found."""
    return [found(each.text(threshold), each.page.wanted, each.page.unwanted) for each in judged]


def best_threshold(judged: Sequence[Judged]) -> float:
    """The threshold with the best F1 on annotated pages; the middle one of several. 0.5 if no page is annotated."""
    annotated = [each for each in judged if each.page.annotated]
    if not annotated:
        return 0.5
    scores = {threshold: f1(total(snippets_found(annotated, threshold))) for threshold in THRESHOLDS}
    best = [threshold for threshold, score in scores.items() if score == max(scores.values())]
    return best[len(best) // 2]


def figures(judged: Sequence[Judged], rows: Rows, threshold: float) -> dict[str, float]:
    """The metrics: precision and recall of snippets on annotated pages, and the accuracy of block labels on all."""
    annotated = [each for each in judged if each.page.annotated]
    metrics: dict[str, float] = {"pages": len(judged), "hosts": len({each.page.host for each in judged})}
    metrics["annotated_pages"] = len(annotated)
    if annotated:
        counts = snippets_found(annotated, threshold)
        low, high = interval([each.page.host for each in annotated], counts)
        whole = total(counts)
        metrics |= {"snippet_precision": precision(whole), "snippet_recall": recall(whole), "snippet_f1": f1(whole)}
        metrics |= {"snippet_f1_low": low, "snippet_f1_high": high}
    right = wrong = missing = 0
    for each in judged:
        kept = each.probabilities >= threshold
        content = rows.content[each.page.start : each.page.end]
        known = rows.weights[each.page.start : each.page.end] > 0
        right += int((kept & content & known).sum())
        wrong += int((kept & ~content & known).sum())
        missing += int((~kept & content & known).sum())
    blocks = Found(right, missing, wrong)
    return metrics | {"block_precision": precision(blocks), "block_recall": recall(blocks), "block_f1": f1(blocks)}
