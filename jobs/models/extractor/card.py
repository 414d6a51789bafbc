"""Writes the card of an extractor's model: what it is, what it was trained on, and how good it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from decantry.jobs.models.extractor.fit import SETTINGS, TREES
from decantry.jobs.models.extractor.forest import Forest, to_bytes
from decantry.jobs.process.secrets import redacted

MOST = 20
"""How many features the card lists."""


def card(inputs: Sequence[str], forest: Forest, names: Sequence[str], metrics: Mapping[str, float]) -> str:
    """The card in Markdown. It contains no text of any page."""
    import hashlib

    data = to_bytes(forest)
    splits = Counter(names[feature] for tree in forest.trees for feature in tree.feature)
    rows = [
        "# The extractor's model",
        "",
        "Says of each block of a page how likely it is to be content. A block is kept where that is at least "
        f"{forest.threshold:g}.",
        "",
        f"- {len(forest.trees)} of at most {TREES} trees, {forest.features} features, {len(data):,} bytes, "
        f"sha256 `{hashlib.sha256(data).hexdigest()}`",
        f"- LightGBM: {', '.join(f'{name} {value}' for name, value in SETTINGS.items())}",
        f"- Inputs: {', '.join(redacted(name) for name in inputs)}",
        "- Labels: a block is content if trafilatura's text of the page holds it; marked snippets overrule that.",
        "",
        "## On hosts that the model had not seen",
        "",
        "| what | measured |",
        "| --- | --- |",
        *(f"| {name.replace('_', ' ')} | {_shown(value)} |" for name, value in metrics.items()),
        "",
        "## Which features it uses",
        "",
        "The features that are used in most splits: "
        + ", ".join(f"{n} ({c})" for n, c in splits.most_common(MOST))
        + ".",
    ]
    return "\n".join(rows) + "\n"


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) and abs(value) > 1 else f"{value:.4f}"
