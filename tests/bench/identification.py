"""`python -m tests.bench.identification SENTENCES [MODEL]`: how often a language model is right, as a markdown table.

Below it, the same of some sentences joined, because pages have more than one.

SENTENCES has a `language` (ISO 639-1) and a `text` a line. The model is lid.176.ftz unless another file is named; its
labels may be of ISO 639-3 with a script.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT  # it also maps the package

Z = 1.959963984540054
"""The normal quantile of a 95 % interval."""
WANTED = 0.97
JOINED = (2, 4)
NAMED = frozenset(
    ("ar", "cy", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "ru", "sv", "sw", "th", "tr", "zh")
)
"""The languages for which a target accuracy is set."""


@dataclass(frozen=True)
class Accuracy:
    """For one language: the sentences, how many are identified, and the most frequent wrong languages."""

    language: str
    sentences: int
    right: int
    taken_for: tuple[tuple[str, int], ...]

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share of right sentences."""
        n, share = self.sentences, self.right / self.sentences
        middle, half = share + Z * Z / (2 * n), Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
        return max(0.0, (middle - half) / (1 + Z * Z / n)), min(1.0, (middle + half) / (1 + Z * Z / n))


def accuracies(found: Iterable[tuple[str, str]]) -> list[Accuracy]:
    """The accuracy of each language, from pairs of the actual and the identified language."""
    every: dict[str, Counter[str]] = defaultdict(Counter)
    for language, taken in found:
        every[language][taken] += 1
    return [
        Accuracy(
            language,
            counts.total(),
            counts[language],
            tuple((name, n) for name, n in counts.most_common() if name != language)[:3],
        )
        for language, counts in sorted(every.items())
    ]


def joined(rows: Iterable[tuple[str, str]], size: int) -> list[tuple[str, str]]:
    """Texts of `size` sentences of one language each, in the order of the file. Remaining sentences are left out."""
    every: dict[str, list[str]] = defaultdict(list)
    for language, text in rows:
        every[language].append(text)
    return [
        (language, " ".join(texts[at : at + size]))
        for language, texts in every.items()
        for at in range(0, len(texts) - size + 1, size)
    ]


def main(sentences: Path, model: str | None = None) -> None:
    """Print the table."""
    from decantry.jobs.setup.cache import digest, model_path
    from decantry.udfs.page.language import LanguageModel
    from decantry.udfs.page.language_names import full_name

    path = model or str(model_path("package:lid.176.ftz"))
    identifier = LanguageModel(path)

    def named(language: str, text: str) -> tuple[str, str]:
        taken, _ = identifier.identify(text)
        if taken and "_" in taken:  # the same language in any notation
            same = full_name(language, None).partition("_")[0] == taken.partition("_")[0]
            taken = language if same else taken
        return language, taken or "none"

    rows = [json.loads(line) for line in sentences.read_text(encoding="utf-8").splitlines()]
    rows = [(row["language"], row["text"]) for row in rows]
    found = [named(*row) for row in rows]
    print(f"{Path(path).name}, sha256 {digest(Path(path))[:16]}, {len(found):,} sentences of {sentences.name}\n")
    print("| language | sentences | right | accuracy | 95 % interval | taken for |\n|---|---|---|---|---|---|")
    for each in accuracies(found):
        low, high = each.interval
        others = ", ".join(f"{name} {n}" for name, n in each.taken_for)
        mark = " (below 0.97)" if each.language in NAMED and each.right / each.sentences < WANTED else ""
        share = f"{each.right / each.sentences:.3f}{mark}"
        print(f"| {each.language} | {each.sentences} | {each.right} | {share} | {low:.3f} to {high:.3f} | {others} |")
    right = sum(language == taken for language, taken in found)
    print(f"\nall: {right / len(found):.4f} of {len(found):,}")
    for size in JOINED:
        every = accuracies(named(*row) for row in joined(rows, size))
        low = ", ".join(f"{a.language} {a.right} of {a.sentences}" for a in every if a.right / a.sentences < WANTED)
        total = sum(a.sentences for a in every)
        if not total:
            continue
        share = sum(a.right for a in every) / total
        print(f"{size} sentences joined: {share:.4f} of {total:,}; below {WANTED}: {low or 'none'}")


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(f"python -m tests.bench.identification {ROOT.parent / 'shared/data/langid/sentences.jsonl'} [MODEL]")
    main(Path(sys.argv[1]), *sys.argv[2:])
