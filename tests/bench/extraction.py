"""`python -m tests.bench.extraction [PAGES.jsonl.gz [ARCHIVE...]]`: extractors beside each other on annotated pages.

Prints Markdown tables: precision, recall and F1 of snippets, with 95 % intervals of a bootstrap over hosts; F1 by
language and by kind of page; the difference to the best peer over the same samples; and the suite of structure.

With archives, the pages are extracted by models that saw no page of their hosts: each was trained on the annotated
pages of other hosts and on SHARE of the archives' pages. Without archives, the shipped model extracts them, which was
trained on the same pages if they are those of the default file.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from decantry.jobs.models.extractor.pages import TrainingPage, read_pages
from decantry.jobs.models.extractor.snippets import Found, difference, f1, found, interval, precision, recall, total
from tests.bench import structure
from tests.bench.extractors import Page, extractors, for_structure
from tests.bench.held_out import held_out

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "extraction" / "pages.jsonl.gz"
REFERENCE, OURS = "trafilatura, standard", "decantry"
SHARE = 0.45
"""The share of the archives' pages on which the shipped model was trained."""
SHORT = 800
FEWEST = 10
"""The smallest number of pages of a language or kind with a row of its own."""
KINDS = {
    "forum": r"forum|thread|topic|discussion|answers|questions/|stackexchange|reddit|viewtopic|showthread|gutefrage",
    "shop": r"shop|store|product|produkt|cart|artikel-?nr|/p/|boutique",
    "docs": r"docs?\.|/docs?/|manual|wiki|handbook|reference|github\.com|readthedocs",
    "list": r"/(category|kategorie|tag|tags|archive|archiv|rubrik|liste?|search)/|^https?://[^/]+/?$",
}
"""Kinds of pages by words in their urls. The first match counts; pages without a match are articles."""


class Marked(NamedTuple):
    """An annotated page."""

    host: str
    url: str
    html: str
    language: str
    wanted: Sequence[str]
    unwanted: Sequence[str]


def marked(page: TrainingPage) -> Marked:
    """The page with the language that its markup names; `?` if it names none."""
    said = re.search(r"<html[^>]*?\slang\s*=\s*[\"']?([a-zA-Z]{2})", page.html)
    return Marked(page.host, page.url or "", page.html, said[1].lower() if said else "?", page.wanted, page.unwanted)


def kind(url: str) -> str:
    """The kind of a page according to its url."""
    return next((name for name, words in KINDS.items() if re.search(words, url, re.IGNORECASE)), "article")


def groups(pages: Sequence[Marked], reference: Sequence[str]) -> dict[str, list[int]]:
    """The pages by language, by kind, and short pages. A page is short if the reference text is."""
    named: dict[str, list[int]] = {}
    common = {name for name, count in Counter(page.language for page in pages).items() if count >= FEWEST}
    for at, page in enumerate(pages):
        language = page.language if page.language in common else "other"
        names = [f"language {language}", f"kind {kind(page.url)}"]
        names += [f"under {SHORT} characters"] if len(reference[at]) < SHORT else []
        for name in names:
            named.setdefault(name, []).append(at)
    return {name: named[name] for name in sorted(named) if len(named[name]) >= FEWEST}


def snippet_tables(pages: Sequence[Marked], texts: Mapping[str, Sequence[str]], seconds: Mapping[str, float]) -> str:
    """The tables of snippets, in Markdown."""
    counts = {
        name: [found(text, page.wanted, page.unwanted) for text, page in zip(made, pages, strict=True)]
        for name, made in texts.items()
    }
    hosts = [page.host for page in pages]
    lines = [f"{len(pages)} pages of {len(set(hosts))} hosts", ""]
    lines += ["| extractor | precision | recall | F1 | 95 % of F1 | pages/s |", "| --- | --- | --- | --- | --- | --- |"]
    for name, of in counts.items():
        whole, (low, high) = total(of), interval(hosts, of)
        shown = f"{precision(whole):.3f} | {recall(whole):.3f} | {f1(whole):.3f} | {low:.3f} to {high:.3f}"
        lines.append(f"| {name} | {shown} | {len(pages) / seconds[name]:.0f} |")
    lines += ["", f"| F1 of | pages | {' | '.join(counts)} |", "| --- | --- |" + " --- |" * len(counts)]
    reference = texts.get(REFERENCE, next(iter(texts.values())))
    for name, at in groups(pages, reference).items():
        lines.append(
            f"| {name} | {len(at)} | " + " | ".join(_with_interval(of, hosts, at) for of in counts.values()) + " |"
        )
    if OURS in counts and REFERENCE in counts:
        low, high = difference(hosts, counts[OURS], counts[REFERENCE])
        less = f1(total(counts[OURS])) - f1(total(counts[REFERENCE]))
        lines += [
            "",
            f"{OURS} less {REFERENCE}: {less:+.3f}, 95 % of samples of hosts within {low:+.3f} to {high:+.3f}",
        ]
    return "\n".join(lines)


def _with_interval(of: Sequence[Found], hosts: Sequence[str], at: Sequence[int]) -> str:
    some = [of[page] for page in at]
    low, high = interval([hosts[page] for page in at], some)
    return f"{f1(total(some)):.3f} ({low:.3f} to {high:.3f})"


def structure_table() -> str:
    """The scores of the suite of structure, in Markdown."""
    pages = structure.pages()
    lines = ["| extractor | " + " | ".join(structure.PARTS) + " |", "| --- |" + " --- |" * len(structure.PARTS)]
    for name, extract in for_structure().items():
        made = extract([Page(html) for html in pages.values()]).texts
        means = structure.means(dict(zip(pages, made, strict=True)))
        lines.append(f"| {name} | " + " | ".join(f"{score:.3f} ({count})" for score, count in means.values()) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measure, with progress on standard error, and print the tables on standard output."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not path.is_file():
        sys.exit(f"the bench reads annotated pages from {path}, which is not there")
    given = list(read_pages([str(path)], 1.0))
    pages = [marked(page) for page in given]
    texts, seconds = {}, {}
    for name, extract in extractors().items():
        print(f"{name} on {len(pages)} pages", file=sys.stderr)
        if name == OURS and sys.argv[2:]:
            texts[name], seconds[name] = held_out(given, sys.argv[2:], SHARE)
        else:
            texts[name], seconds[name] = extract([Page(page.html, page.language) for page in pages])
    print(snippet_tables(pages, texts, seconds))
    print()
    print(structure_table())


if __name__ == "__main__":
    main()
