"""Reads the scores of raters: models in silver/labels, and files of scores, for example by people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from decantry.jobs.label.agreement import LEVELS, Agreement, agreement
from decantry.jobs.label.label import text_hash
from decantry.jobs.label.texts import missing, rows
from decantry.jobs.lake.without_spark import rows_of
from decantry.jobs.models.well_formed import well_formed
from decantry.jobs.process.errors import UserError
from decantry.schemas.labels import TABLE


@dataclass
class Rater:
    """The scores of one rater, by the ids of texts, and by the sha256 of texts if the texts are known."""

    name: str
    by_id: dict[str, int] = field(default_factory=dict)
    by_hash: dict[str, int] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    """The sha256 of the text by id, if both are known."""

    def shared(self, other: Rater) -> list[tuple[int, int]]:
        """The pairs of scores of texts that both raters have, matched by id, or by text if no ids match.

        An id with different texts does not match.
        """
        same = [id for id in sorted(self.by_id.keys() & other.by_id.keys()) if self._one_text(id, other)]
        if same:
            return [(self.by_id[id], other.by_id[id]) for id in same]
        both = sorted(self.by_hash.keys() & other.by_hash.keys())
        return [(self.by_hash[key], other.by_hash[key]) for key in both]

    def _one_text(self, id: str, other: Rater) -> bool:
        mine, others = self.hashes.get(id), other.hashes.get(id)
        return mine is None or others is None or mine == others


def of_file(path: Path, columns: Mapping[str, str]) -> Rater:
    """The scores of a JSONL or Parquet file: rows with `score` (or `label`), and `id`, `text` or both.

    Raises UserError for a score that is not a whole number from 0 to 5, for a row without id and text, and for a text
    with two scores.
    """
    rater = Rater(str(path))
    for number, row in enumerate(rows(path), 1):
        source = f"{path}, row {number}"
        score = _score(row, columns, source)
        if score is None:
            continue
        id, text = (row.get(columns.get(name, name)) for name in ("id", "text"))
        id = None if missing(id) else id
        hashed = text_hash(well_formed(text)) if isinstance(text, str) else row.get("text_hash")
        if id is None and hashed is None:
            raise UserError(f"{source} has neither `id` nor `text`: name one with --columns id=NAME")
        for key, scores in ((id, rater.by_id), (hashed, rater.by_hash)):
            if key is not None and scores.setdefault(str(key), score) != score:
                raise UserError(f"{source}: {str(key)[:80]} has another score in an earlier row: leave one out")
        if id is not None and hashed is not None:
            rater.hashes[str(id)] = str(hashed)
    if not (rater.by_id or rater.by_hash):
        raise UserError(f"{path} has no scores")
    return rater


def of_lake(lake: str, label: str) -> list[Rater]:
    """The models with labels of the rubric in the lake, each with its newest score of each document.

    A model with labels by several versions of the rubric is a rater for each version. Raises UserError if there are no
    labels.
    """
    columns = ("id", "text_hash", "model", "rubric_sha256", "score", "labelled_at", "label")
    found = rows_of(lake, TABLE.name, "score IS NOT NULL", columns)
    mine = sorted((row for row in found if row["label"] == label), key=lambda row: row["labelled_at"])
    if not mine:
        labels = ", ".join(sorted({row["label"] for row in found})) or "none"
        raise UserError(
            f"the lake {lake} has no labels of the rubric {label} (there are labels of: {labels}): run `decantry label`"
        )
    versions: dict[str, set[str]] = {}
    for row in mine:
        versions.setdefault(row["model"], set()).add(row["rubric_sha256"])
    raters: dict[str, Rater] = {}
    for row in mine:
        several = len(versions[row["model"]]) > 1
        name = f"{row['model']} ({row['rubric_sha256'][:8]})" if several else row["model"]
        rater = raters.setdefault(name, Rater(name))
        rater.by_id[row["id"]] = rater.by_hash[row["text_hash"]] = row["score"]
        rater.hashes[row["id"]] = row["text_hash"]
    return [raters[name] for name in sorted(raters)]


def pairs(raters: Sequence[Rater]) -> list[tuple[str, str, Agreement | None]]:
    """The agreement of each pair of raters; None if they share no text. Raises UserError for fewer than two raters."""
    if len(raters) < 2:
        first = raters[0].name if raters else "none"
        raise UserError(
            f"two raters are needed (there is: {first}): name a file of scores, or label with another model"
        )
    found = []
    for one, other in combinations(raters, 2):
        shared = one.shared(other)
        found.append((one.name, other.name, agreement(*zip(*shared, strict=True)) if shared else None))
    if not any(agreed for *_, agreed in found):
        raise UserError(
            f"{raters[0].name} and {raters[1].name} have no text in common: texts are matched by `id`, else by `text`"
        )
    return found


def _score(row: Mapping[str, Any], columns: Mapping[str, str], source: str) -> int | None:
    named = columns.get("score") or next((name for name in ("score", "label") if name in row), "score")
    value: Any = row.get(named)
    if missing(value) and named in row:
        return None
    if isinstance(value, bool) or value not in range(LEVELS):
        raise UserError(f"{source} has the {named} {value!r:.40}: use a whole number from 0 to {LEVELS - 1}")
    return int(value)
