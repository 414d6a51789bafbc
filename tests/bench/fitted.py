"""`python -m tests.bench.fitted CONFIGS [LABEL...]`: thresholds fitted to real pages beside the published ones.

CONFIGS is the folder of FineWeb2's published configurations. A lake is made of the main content of real pages, and
fitted once; then each of the five methods computes its thresholds from the same measurements. Prints a table for each
language (German, French and Japanese if no LABEL is given) with a row for each figure, and how far each method is from
the published figures over all rows. The lake is made anew.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from decantry.jobs.explore.fit.filters import filters
from decantry.jobs.explore.fit.fitted import Fitted, fits
from decantry.jobs.explore.fit.job import ENGLISH, fit
from decantry.jobs.explore.fit.methods import METHODS, Method
from decantry.jobs.steps.configuration import Configuration
from decantry.jobs.steps.configurations import configurations
from tests.bench.mixed_lake import lake_of, opened, real_pages
from tests.bench.segmenters import WORK

if TYPE_CHECKING:
    from decantry.jobs.explore.fit.fitted import Values

LANGUAGES = ("deu_Latn", "fra_Latn", "jpn_Jpan")
LEAST = 50
"""The fewest pages of a language."""
SAMPLE = 10_000


def main(configs: Path, languages: list[str]) -> None:
    """Fit the lake, and print the tables."""
    published = configurations(str(configs))
    lake = opened(lake_of(WORK / "fitted", real_pages()))
    options = dict.fromkeys((each.option for each in filters()), METHODS[0])
    found = {each.language: each for each in fit(lake, options, size=SAMPLE, least=LEAST).fitted}
    english = values(found[ENGLISH])
    print(f"English: {found[ENGLISH].documents:,} documents")
    for label in languages:
        mine = found[label]
        by_method = {name: figures(by(name, mine, english)) for name in METHODS}
        theirs = figures(published[label])
        words, shared = mine.stop_words, set(mine.stop_words) & set(published[label].stopwords)
        print(f"\n{label}: {mine.documents:,} of {len(mine.scores):,} documents above the score threshold")
        print(f"stop words: {len(words)}, published {len(published[label].stopwords)}, in both {len(shared)}\n")
        print(f"| figure | published | {' | '.join(METHODS)} |\n|{'---|' * (len(METHODS) + 2)}")
        for name, value in theirs.items():
            print(f"| {name} | {value:g} | {' | '.join(f'{by_method[each][name]:g}' for each in METHODS)} |")
        distances = (f"{distance(by_method[each], theirs):.0%}" for each in METHODS)
        print(f"| median distance from the published |  | {' | '.join(distances)} |")


def values(fitted: Fitted) -> Mapping[str, Values]:
    """The values of a language that its thresholds are computed from, by measurement."""
    return {each.filter.measurement: each.values for each in fitted.fits}


def by(method: Method, fitted: Fitted, english: Mapping[str, Values]) -> Configuration:
    """The configuration of a language that one method gives for all thresholds."""
    methods = dict.fromkeys((each.option for each in filters()), method)
    return replace(fitted, fits=fits(filters(), methods, values(fitted), english)).configuration()


def figures(configuration: Configuration) -> dict[str, float]:
    """The thresholds by name, those of n-grams with their n."""
    found: dict[str, float] = {}
    for name, value in configuration.model_dump().items():
        if name in ("top_n_grams", "dup_n_grams"):
            found |= {f"{name} {n}": share for n, share in value}
        elif name != "stopwords":
            found[name] = value
    return found


def distance(mine: dict[str, float], theirs: dict[str, float]) -> float:
    """The median over the figures of how far they are apart, as a share of the published one; 0 is left out."""
    return median(abs(mine[name] - value) / value for name, value in theirs.items() if value > 0)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:] or list(LANGUAGES))
