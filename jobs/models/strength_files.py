"""Chooses texts by the bits per character of models, and writes them as files for training."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.models.folder import require_folder
from decantry.jobs.models.strength import concordant, judged, pairs
from decantry.jobs.models.strength_table import read_bits, rows
from decantry.jobs.process.errors import UserError
from decantry.jobs.setup.fetch import staging

if TYPE_CHECKING:
    from numpy.typing import NDArray

JUDGED, SCORES = "judged.jsonl", "scores.jsonl"
PASSED_ON = ("id", "url", "host", "group")
"""Columns that are copied from the table if it has them. Training keeps rows of one host or group together."""


@dataclass(frozen=True)
class Strength:
    """The result: the number of texts, of texts that lack a model's number (`unknown`), of good and of bad texts; the
    most `pairs` in which a bad text agrees (`bad_agree_in`); and the files.
    """

    documents: int
    unknown: int
    pairs: int
    good: int
    bad: int
    bad_agree_in: int
    judged: str
    scores: str


def choose(table: Path, ranking: Mapping[str, float], folder: Path) -> Strength:
    """Write `scores.jsonl`, with a line for each text, and `judged.jsonl`, the good and bad texts with `label` 1 and 0.

    The table is JSONL or Parquet. Each row is a text, with `text` and a column for each model. It is read twice: first
    the numbers, then the texts. Raises UserError, before anything is written, if the table cannot be read or has an
    invalid value, or if no text is good or none is bad.
    """
    require_folder(folder)
    counts, of = concordant(read_bits(table, list(ranking)), ranking), len(pairs(ranking))
    good, bad = judged(counts, of)
    if not len(good):
        best = max(0, int(counts.max()))
        reason = f"the best agrees in {best} of {of} pairs; give more texts, or rank fewer models"
        raise UserError(f"no text of {table} ranks the models as the benchmark does: {reason}")
    if not len(bad):
        raise UserError(f"every text of {table} ranks the models as the benchmark does: add texts that do not")
    labels = dict.fromkeys(map(int, good), 1) | dict.fromkeys(map(int, bad), 0)
    folder = folder.absolute()
    with staging(folder) as draft:
        _write(table, counts, of, labels, draft)
        for name in (SCORES, JUDGED):
            (draft / name).replace(folder / name)
    return Strength(
        documents=len(counts),
        unknown=int((counts < 0).sum()),
        pairs=of,
        good=len(good),
        bad=len(bad),
        bad_agree_in=int(counts[bad].max()),
        judged=str(folder / JUDGED),
        scores=str(folder / SCORES),
    )


def _write(table: Path, counts: NDArray[Any], of: int, labels: Mapping[int, int], folder: Path) -> None:
    """Write both files. A text that lacks a model's number has no `concordant`; one that was not chosen no `label`."""
    with (folder / SCORES).open("w", encoding="utf-8") as scores, (folder / JUDGED).open("w", encoding="utf-8") as good:
        for at, (row, count) in enumerate(zip(rows(table, ["text", *PASSED_ON]), counts.tolist(), strict=True)):
            passed = {name: row[name] for name in PASSED_ON if row.get(name) is not None}
            known = {"concordant": count, "strength": count / of} if count >= 0 else {}
            scores.write(_line({"row": at + 1, **passed, **known, "label": labels.get(at)}))
            if at in labels:
                good.write(_line({"text": row["text"], "label": labels[at], **passed}))


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, default=str) + "\n"
