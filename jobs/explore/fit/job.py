"""The fit job: compute a configuration for each language of a lake."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.explore.fit.filters import filters
from decantry.jobs.explore.fit.fitted import Fitted, fits
from decantry.jobs.explore.fit.gather import Counted, Measured, count, measure, sample, words
from decantry.jobs.explore.fit.methods import Method, score_threshold
from decantry.jobs.explore.fit.stop_words import LEAST, stop_words
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.terminal import counted

if TYPE_CHECKING:
    from decantry.jobs.explore.fit.fitted import Values
    from decantry.jobs.lake.lake import Lake

ENGLISH = "eng_Latn"
FEWEST_ENGLISH = 20
"""The fewest English documents above their score threshold that other languages can be compared with."""
NAME = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")
"""The form of a language that can have a configuration."""


@dataclass(frozen=True)
class Outcome:
    """The languages that were fitted, in the order of their names, and those that were skipped, with the reason."""

    fitted: tuple[Fitted, ...]
    skipped: tuple[tuple[str, str], ...]
    english: int
    """The number of English documents that the thresholds are compared with; 0 if there are too few."""


def fit(
    lake: Lake,
    methods: Mapping[str, Method],
    *,
    languages: Sequence[str] = (),
    size: int,
    least: int,
    tell: Callable[[str], None] = lambda line: None,
) -> Outcome:
    """The configurations of the languages (of all if none is named) that have at least `least` documents.

    `methods` are by option. `size` is the number of documents of a language to measure. Raises UserError for a language
    that the lake does not have, and if no language has enough documents.
    """
    tell("counting documents by language")
    present = count(lake)
    by_name = {each.language: each for each in present}
    for name in languages:
        if name not in by_name:
            known = ", ".join(each.language for each in present[:20]) or "none"
            raise UserError(f"the lake {lake.uri} has no documents of the language {name[:80]}: there are {known}")
    asked = [by_name[name] for name in dict.fromkeys(languages)] if languages else present
    enough = [each for each in asked if each.documents >= least]
    if not enough:
        most = max(asked, key=lambda each: each.documents, default=Counted("any", 0, ()))
        raise UserError(
            f"no language of {lake.uri} has {least:,} documents ({most.language} has most, {most.documents:,}): "
            "ingest more, or give a lower --least"
        )
    english = by_name.get(ENGLISH)
    drawn = [*enough, *([english] if english and english.documents >= least and english not in enough else [])]
    tell(f"measuring a sample of {counted(len(drawn), 'language')}")
    sampled = sample(lake, drawn, size).persist()
    try:
        measured = measure(sampled, filters())
        scores = {name: score_threshold(each.scores) for name, each in measured.items()}
        tell("counting words")
        counts = words(sampled, scores)
    finally:
        sampled.unpersist()
    reference = _kept(measured[ENGLISH], scores[ENGLISH]) if ENGLISH in measured else None
    if reference is not None and len(next(iter(reference.values()))) < FEWEST_ENGLISH:
        reference = None
    found, skipped = [], [(each.language, _few(each.documents, least)) for each in asked if each not in enough]
    for each in enough:
        name = each.language
        if not NAME.fullmatch(name):
            skipped.append((name, "its label is neither a language of lid.176 nor ISO 639-3 with a script"))
            continue
        if name.endswith("_Zyyy"):
            skipped.append((name, "the lake does not have the script of its documents"))
            continue
        if name not in measured:
            skipped.append((name, "the sample has none of its documents"))
            continue
        frequent = stop_words(*counts.get(name, ({}, 0)))
        if len(frequent) < LEAST:
            skipped.append((name, f"its documents have {len(frequent)} different words, but {LEAST} are needed"))
            continue
        kept = _kept(measured[name], scores[name])
        thresholds = fits(filters(), methods, kept, reference)
        number = len(next(iter(kept.values())))
        found.append(Fitted(name, number, scores[name], measured[name].scores, thresholds, frequent))
    compared = 0 if reference is None else len(next(iter(reference.values())))
    return Outcome(tuple(sorted(found, key=lambda each: each.language)), tuple(skipped), compared)


def _few(documents: int, least: int) -> str:
    return f"{counted(documents, 'document')}, but {least:,} are needed"


def _kept(measured: Measured, score: float) -> dict[str, Values]:
    """The values of the documents whose score reaches the language's threshold."""
    mask = measured.scores >= score
    return {name: values[mask] for name, values in measured.values.items()}
