"""Writes a classifier's model card in Markdown: what it is, what it was trained on, and how good it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from decantry.jobs.models.examples import Examples
from decantry.jobs.models.outcome import Outcome
from decantry.jobs.models.read import Origin


def card(
    kind: str, sha256: str, judged: Examples, origins: Sequence[Origin], result: Outcome, settings: Mapping[str, str]
) -> str:
    """The card's text."""
    return "\n".join(
        [
            f"# A classifier of text quality: {kind}",
            "",
            f"- sha256 of the model's file: `{sha256}`",
            f"- gives: {_gives(judged, result)}",
            f"- trained on {sum(judged.trained):,} texts: {_classes(judged)}",
            *(f"- from {_origin(origin)}" for origin in origins),
            "",
            "## How good it is",
            "",
            f"Each of {result.tested:,} texts was scored by a model that had not seen the text, a near-duplicate, or a "
            f"text of its group ({result.groups:,} such families). Intervals are 95 %, by 1,000 bootstrap draws of "
            "families.",
            "",
            "| scores | AUC | low | high |",
            "|---|---|---|---|",
            f"| the classifier | {result.auc:.3f} | {result.low:.3f} | {result.high:.3f} |",
            "| length in characters alone | {:.3f} | {:.3f} | {:.3f} |".format(*result.length),
            "",
            "By fold: " + ", ".join(f"{each:.3f}" for each in result.fold_aucs) + ".",
            "",
            "## What a threshold keeps of these texts",
            "",
            "Tokens are words and punctuation marks.",
            "",
            "| threshold | documents | characters | tokens | precision | recall |",
            "|---|---|---|---|---|---|",
            *(
                f"| {row.threshold:.4f} | {row.documents:.0%} | {row.characters:.0%} | {row.tokens:.0%} "
                f"| {row.precision:.2f} | {row.recall:.2f} |"
                for row in result.sweep
            ),
            "",
            *_calibration(result),
            "## Settings",
            "",
            "| name | value |",
            "|---|---|",
            *(f"| {name} | `{value}` |" for name, value in settings.items()),
            "",
        ]
    )


def _gives(judged: Examples, result: Outcome) -> str:
    return "the score that people would give" if result.scored else f"the probability of `{judged.good_label}`"


def _calibration(result: Outcome) -> list[str]:
    if result.scored:
        return []
    return [
        "## Calibration",
        "",
        f"The mean distance between a score and the share of good texts that have it is "
        f"{result.calibration_error:.3f}.",
        "",
        "| texts | mean score | good |",
        "|---|---|---|",
        *(f"| {each.texts} | {each.score:.3f} | {each.good:.2f} |" for each in result.bins),
        "",
    ]


def _classes(judged: Examples) -> str:
    good = sum(one for one, train in zip(judged.good, judged.trained, strict=True) if train)
    return f"{good:,} of `{judged.good_label}`, {sum(judged.trained) - good:,} of `{judged.other_label}`"


def _origin(origin: Origin) -> str:
    known = f"version {origin.version}" if origin.version is not None else f"sha256 `{origin.sha256}`"
    return f"`{origin.path.rsplit('/', 1)[-1]}`, {origin.rows:,} rows, {known}"
