"""The job that trains the extractor's model on pages, and writes the model and its card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from decantry.jobs.models.extractor.blocks import Measured, command
from decantry.jobs.models.extractor.card import card
from decantry.jobs.models.extractor.evaluate import best_threshold, cross_validate, figures
from decantry.jobs.models.extractor.fit import SETTINGS, TREES, check_installed, fit
from decantry.jobs.models.extractor.forest import to_bytes
from decantry.jobs.models.extractor.pages import read_pages
from decantry.jobs.models.extractor.rows import Rows, Teach, gather
from decantry.jobs.models.extractor.teacher import trafilatura
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.terminal import counted
from decantry.jobs.tracking.store import server_store
from decantry.jobs.tracking.tracker import Tracker

HOSTS = 2
"""The fewest hosts. With a single host, no page is left to evaluate the model on."""


@dataclass(frozen=True)
class Training:
    """The options of the training. `share` is the share of the archives' pages to use."""

    inputs: Sequence[str]
    output: Path
    share: float = 1.0
    folds: int = 10
    run: Sequence[str] = field(default_factory=command)
    teach: Teach = field(default_factory=trafilatura)


def tracked(training: Training, say: Callable[[str], None]) -> dict[str, float]:
    """Call train_extractor, and log it as a run if MLFLOW_TRACKING_URI is set."""
    with Tracker(server_store(), "train extractor", say) as tracker:
        return train_extractor(training, tracker, say)


def train_extractor(training: Training, tracker: Tracker, say: Callable[[str], None]) -> dict[str, float]:
    """Write the model to `output`, and its card beside it as `.md`; return the metrics on held-out hosts.

    Raises UserError if there are no pages to train on.
    """
    if training.folds < 2:
        raise UserError(f"--folds is {training.folds}: use 2 or more")
    check_installed()
    tracker.params({**SETTINGS, "trees": TREES, "share": training.share, "folds": training.folds})
    measured = Measured(read_pages(training.inputs, training.share, say), training.run)
    rows = gather(measured, training.teach)
    _check(rows)
    say(f"{len(rows.pages)} pages, {len(rows.content)} blocks, of which {rows.content.mean():.0%} are content")
    try:
        judged = cross_validate(rows, training.folds, say)
        threshold = best_threshold(judged)
        metrics = figures(judged, rows, threshold) | {"threshold": threshold, "blocks": len(rows.content)}
        forest = fit(rows, rows.pages, threshold)
    except ValueError as error:
        raise UserError(f"no model was trained: {error}") from None
    training.output.parent.mkdir(parents=True, exist_ok=True)
    training.output.write_bytes(to_bytes(forest))
    text = card(training.inputs, forest, measured.names, metrics)
    training.output.with_suffix(".md").write_text(text, encoding="utf-8")
    tracker.metrics(metrics)
    tracker.text(text, "card.md")
    return metrics


def _check(rows: Rows) -> None:
    hosts = len({page.host for page in rows.pages})
    if hosts < HOSTS:
        raise UserError(f"the inputs have labelled pages of only {counted(hosts, 'host')}: give pages of more hosts")
