"""Applies changes to the kept measurements of one crawl, without Spark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from decantry.jobs.explore.preview import kept_rows
from decantry.jobs.explore.preview.arrays import Arrays
from decantry.jobs.explore.preview.change import changed_rule_names
from decantry.jobs.explore.preview.contents import NO_LANGUAGE
from decantry.jobs.explore.preview.passing import enough_for_removed, passes, passes_later_changes, passes_later_steps
from decantry.jobs.process.terminal import counted
from decantry.jobs.steps.across import AFTER_ALL
from decantry.jobs.steps.by_language import label_of
from decantry.schemas.signals import CHARACTERS, TOKENS

if TYPE_CHECKING:
    from decantry.jobs.explore.preview.change import Change
    from decantry.jobs.explore.preview.request import Request
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe


class NeedsSpark(Exception):
    """Raised with the reason if kept measurements are not enough."""


class Affected:
    """The documents of one crawl that the changes may affect, and whether each is kept with each change."""

    def __init__(self, lake: str, request: Request, each: Published) -> None:
        """Read the crawl's rows. Raises NeedsSpark if a document must be judged again."""
        import numpy as np

        self.lake, self.each, self.request = lake, each, request
        self.rows = _rows(lake, request, each)
        self.documents = 0 if self.rows is None else self.rows.num_rows
        if not self.documents:
            self.kept = np.zeros(0, dtype=bool)
            self.now = [self.kept for _ in request.changes]
            self.kept_by_language: Counter[str] = Counter()
            return
        self.kept = ~np.asarray(self.rows["removed_by"].is_valid())
        known = _known(self.rows, request.recipe)
        self.now = [passes(request.recipe, change, known) for change in request.changes]
        unknown = ~np.asarray(self.rows["measured"].is_valid())
        enters = reduce(lambda a, b: a | b, self.now) & ~self.kept
        if enough_for_removed(request.recipe, request.changes):
            unknown |= enters & ~np.asarray(self.rows[CHARACTERS].is_valid())
            later = passes_later_steps(request.recipe, request.changes, known)
            pairs = zip(self.now, request.changes, strict=True)
            self.now = [now & later & passes_later_changes(change, known) for now, change in pairs]
        else:
            unknown |= enters
        if unknown.any():
            count = counted(int(unknown.sum()), "document")
            raise NeedsSpark(f"kept measurements do not decide {count} of {each.crawl}")
        self.languages = self.rows["language"].fill_null(NO_LANGUAGE).combine_chunks().dictionary_encode()
        names, counts = self.languages.dictionary.to_pylist(), self._count(self.kept)
        self.kept_by_language = Counter({name: int(n) for name, n in zip(names, counts, strict=True) if n})
        self._complete_sizes()

    def moved(self) -> list[dict[str, Any]]:
        """The sums of documents and sizes that enter or leave, by change and language, for `outcomes`."""
        found = []
        for n, now in enumerate(self.now):
            for kept in (False, True):
                moved = (self.kept == kept) & (now != kept)
                if moved.any():
                    found += self._sums(n, kept, moved)
        return found

    def gone(self) -> Any:
        """The ids of the documents that leave with the first change."""
        return self.rows["id"].filter(self.kept & ~self.now[0]).combine_chunks()

    def _sums(self, n: int, kept: bool, moved: Any) -> list[dict[str, Any]]:
        sizes = [self._size(name) for name in (CHARACTERS, TOKENS)]
        counts, (characters, tokens) = self._count(moved), (self._count(moved, size) for size in sizes)
        return [
            {"n": n, "language": name, "kept": kept, "exact": True}
            | {"documents": float(counts[at]), "characters": characters[at], "tokens": tokens[at]}
            | dict.fromkeys(("documents_2", "characters_2", "tokens_2"), 0.0)
            | dict.fromkeys(("documents_most", "characters_most", "tokens_most"), 0.0)
            for at, name in enumerate(self.languages.dictionary.to_pylist())
            if counts[at]
        ]

    def _count(self, which: Any, weights: Any = None) -> Any:
        """The number of documents for each language, or the sum of their weights."""
        import numpy as np

        codes = self.languages.indices.to_numpy()[which]
        more = None if weights is None else weights[which]
        return np.bincount(codes, weights=more, minlength=len(self.languages.dictionary))

    def _size(self, name: str) -> Any:
        return self.rows[name].fill_null(0.0).to_numpy()

    def _complete_sizes(self) -> None:
        """Read the sizes of the documents that leave from the corpus, if measurements do not have them."""
        import pyarrow.compute as pc

        leaves = self.kept & ~reduce(lambda a, b: a & b, self.now)
        if not (leaves & ~self.rows[CHARACTERS].is_valid().to_numpy()).any():
            return
        corpus = kept_rows.sizes(self.lake, self.each, self.rows["id"].filter(leaves).combine_chunks())
        if corpus is None:
            return
        at = pc.index_in(self.rows["id"], value_set=corpus["id"].combine_chunks())
        for name in (CHARACTERS, TOKENS):
            sizes = pc.coalesce(corpus[name].cast("double").take(at), self.rows[name])
            self.rows = self.rows.drop_columns([name]).append_column(name, sizes)


def _rows(lake: str, request: Request, each: Published) -> Any:
    """The documents that the changes may affect; None if the crawl has none.

    Columns: `id, removed_by, run_id, language, language_script`, `measured` (null if there are no measurements), the
    sizes and the measurements.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    found, languages = kept_rows.verdicts(lake, each), kept_rows.languages(lake, each, request.recipe)
    if found is None or languages is None:
        return None
    by = found["removed_by"]
    moved = pa.array(changed_rule_names(request.recipe, request.changes), pa.string())
    found = found.filter(pc.or_(pc.is_null(by), pc.is_in(by, value_set=moved)))
    found = found.join(languages, "id", join_type="inner")
    names = names_of(request.recipe, request.changes)
    measured = kept_rows.signals(lake, each, names)
    if measured is None:
        types = [pa.string(), pa.string(), *(pa.float64() for _ in names)]
        measured = pa.schema(list(zip(["id", "run_id", *names], types, strict=True))).empty_table()
    measured = measured.append_column("measured", pa.array(np.ones(measured.num_rows, dtype=bool)))
    return found.join(measured, ["id", "run_id"], join_type="left outer")


def names_of(recipe: Recipe, changes: Sequence[Change]) -> list[str]:
    """The measurements that the changes may need, and the sizes."""
    first = min(index for change in changes for index in change.steps)
    names = [f"{step}.{rule.shown}" for step in recipe.steps[first:] for rule in step.rules()]
    return list(dict.fromkeys([*names, CHARACTERS, TOKENS]))


def _known(rows: Any, recipe: Recipe) -> Arrays:
    import numpy as np

    by = rows["removed_by"].fill_null("").combine_chunks().dictionary_encode()
    names = by.dictionary.to_pylist()
    indices = {str(step): index for index, step in enumerate(recipe.steps)}
    of = np.array([indices.get(name.rpartition(".")[0], AFTER_ALL) if name else AFTER_ALL for name in names])
    label, labels = _labels(rows["language"], rows["language_script"])
    return Arrays(
        at=of[by.indices.to_numpy()],
        rule=by.indices.to_numpy(),
        rules=names,
        label=label,
        labels=labels,
        signals={name: rows[name].combine_chunks() for name in rows.column_names if "." in name},
    )


def _labels(language: Any, script: Any) -> tuple[Any, list[str]]:
    """The index of each document's label, and the labels."""
    import numpy as np

    languages, scripts = (each.combine_chunks().dictionary_encode("encode") for each in (language, script))
    count = len(scripts.dictionary)
    pairs, label = np.unique(languages.indices.to_numpy() * count + scripts.indices.to_numpy(), return_inverse=True)
    found = [divmod(int(pair), count) for pair in pairs]
    names = [label_of(languages.dictionary[one].as_py(), scripts.dictionary[two].as_py()) for one, two in found]
    return label, names
