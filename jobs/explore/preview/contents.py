"""The results of a preview."""

from __future__ import annotations

from dataclasses import dataclass

from decantry.jobs.explore.preview.estimate import Estimate

NO_LANGUAGE = "none"
"""The name for documents without a language."""
CHARACTERS_SHOWN = 2_000
"""How many characters of a shown document's text are read."""


@dataclass(frozen=True)
class Moved:
    """Documents that enter or leave a corpus, and the characters and GPT-2 tokens of their texts.

    `tokens` is None if the recipe counts none.
    """

    documents: Estimate
    characters: Estimate
    tokens: Estimate | None


@dataclass(frozen=True)
class Share:
    """The documents of one language: those that are kept now, and those that enter or leave with a change."""

    language: str
    kept: int
    enter: Moved
    leave: Moved


@dataclass(frozen=True)
class Outcome:
    """What one change does: the total, and by language, the largest first. `value` is the option's value in a sweep."""

    label: str
    value: float | None
    total: Share
    languages: tuple[Share, ...]


@dataclass(frozen=True)
class Example:
    """A document that enters or leaves, the measurements that decide, and the rule that removed it before."""

    id: str
    url: str | None
    enters: bool
    removed_by: str | None
    measured: dict[str, float]
    text: str
    """The extracted text."""


@dataclass(frozen=True)
class Preview:
    """What changes of a recipe do to its published corpus.

    `measured` is the number of documents that were decided by kept measurements, `population` the number of those that
    have to be judged again, and `sampled` how many of these were judged. `tokens` is the number of tokens in the corpus
    now; None if the recipe counts none. `now` is the option's current value in a sweep. `notes` say what is left out.
    """

    recipe: str
    publication: int
    kept: int
    tokens: int | None
    measured: int
    population: int
    sampled: int
    now: float | None
    outcomes: tuple[Outcome, ...]
    examples: tuple[Example, ...]
    notes: tuple[str, ...]
