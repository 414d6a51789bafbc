"""Labels the texts of a file, and keeps the labels in a file that `decantry train` reads. Does not start Spark."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from decantry.jobs.label.ask import Asker
from decantry.jobs.label.engine import Labelled, label
from decantry.jobs.label.journal import Journal
from decantry.jobs.label.label import Judge, Label, Text
from decantry.jobs.process.errors import UserError


def failures_of(path: Path) -> Path:
    """The file that lists the texts without a score: `labels.failures.jsonl` beside `labels.jsonl`."""
    return path.with_name(f"{path.stem}.failures.jsonl")


def label_file(
    texts: Iterable[tuple[Text, str]],
    asker: Asker,
    to: Path,
    *,
    again: bool = False,
    parallel: int = 1,
    tell: Callable[[str], None] = lambda line: None,
) -> Labelled:
    """Label the texts, each given with its whole text, and append a line for each score to the file `to`.

    A line has `id`, `text`, `score`, `rubric` and the other columns of silver/labels. Texts that are in the file are
    skipped; texts in the file of failures are labelled only with `again`. Raises UserError if a file has other lines.
    """
    judge = asker.judge
    whole: dict[str, str] = {}

    def heads() -> Iterable[Text]:
        for text, all_of_it in texts:
            whole[text.text_hash] = all_of_it
            yield replace(text, head=all_of_it[: judge.rubric.characters])

    def journal(path: Path) -> Journal:
        return Journal(path, lambda row: _label(row, path, judge))

    with closing(journal(to)) as scored, closing(journal(failures_of(to))) as failed:

        def keep(made: Label) -> None:
            row = made.row()
            own = {"id": row.pop("id"), "text": whole[made.text_hash], "rubric": row.pop("label")}
            (scored if made.score is not None else failed).write(own | row)

        known = scored.labels if again else [*failed.labels, *scored.labels]
        return label(heads(), asker, keep, known, parallel=parallel, tell=tell)


def _label(row: dict[str, Any], path: Path, judge: Judge) -> Label:
    row = row | {"label": row.get("rubric")}
    if not judge.judged(row):
        raise UserError(f"{path} has labels by another model or rubric: name another file with --to")
    try:
        return Label.of(row)
    except (KeyError, TypeError, ValueError):
        raise UserError(f"{path} has lines that are not labels: name another file with --to") from None
