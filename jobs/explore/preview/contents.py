"""What a preview says."""

from __future__ import annotations

from dataclasses import dataclass

from decantry.jobs.explore.preview.estimate import Estimate

NO_LANGUAGE = "none"
"""The name for documents without a language."""
CHARACTERS_SHOWN = 2_000
"""Of a sample's text, from its beginning."""


@dataclass(frozen=True)
class Moved:
    """Documents that enter or leave a corpus, with the characters and GPT-2 tokens of their texts in it.

    `tokens` is None if the recipe counts none.
    """

    documents: Estimate
    characters: Estimate
    tokens: Estimate | None


@dataclass(frozen=True)
class Share:
    """The documents of one language that are kept now, and those that a change lets in and removes."""

    language: str
    kept: int
    enter: Moved
    leave: Moved


@dataclass(frozen=True)
class Outcome:
    """What one change does: in all, and by language, the one with most documents first. `value` is that of a sweep."""

    label: str
    value: float | None
    total: Share
    languages: tuple[Share, ...]


@dataclass(frozen=True)
class Seen:
    """A document that enters or leaves, with the measurements that decide, and the rule that removed it before."""

    id: str
    url: str | None
    enters: bool
    removed_by: str | None
    measured: dict[str, float]
    text: str
    """As it was extracted."""


@dataclass(frozen=True)
class Preview:
    """What changes of a recipe do to its published corpus.

    `measured` is the number of documents whose kept measurements decided, `population` of those that only their texts
    tell of, and `sampled` how many of these were judged. `tokens` are those of the corpus now, None if the recipe
    counts none. `now` is the option's value in a sweep. `notes` say what is not counted.
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
    seen: tuple[Seen, ...]
    notes: tuple[str, ...]
