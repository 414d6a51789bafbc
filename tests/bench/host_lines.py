"""`python -m tests.bench.host_lines ARCHIVE...`: what `host_boilerplate` does to precision and recall.

The pages are those of hosts with MIN_PAGES pages or more. A line of a text is right if trafilatura's text of the page
has it, so a line of a template that trafilatura keeps counts as right. Prints a Markdown table, before and after the
cuts, and the lines that were cut most often, for people to judge.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from decantry.jobs.models.extractor.labels import by_teacher
from decantry.jobs.models.extractor.pages import TrainingPage, read_pages
from decantry.jobs.models.extractor.teacher import trafilatura
from tests.bench.extractors import Page, extractors
from tests.oracles.boilerplate import BLANK, template

MIN_PAGES, PERCENT = 5, 40
SHOWN = 40
NAMES = ("decantry", "resiliparse")


def main() -> None:
    """Measure, and print."""
    pages = of_hosts(read_pages(sys.argv[1:], 1.0))
    teach = trafilatura()
    told = {url: teach(page.html) or "" for url, page in pages.items()}
    frequent: Counter[tuple[str, str]] = Counter()
    print("| text | hosts | pages | | lines | precision | of the right lines |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in NAMES:
        made = extractors()[name]([Page(page.html) for page in pages.values()]).texts
        lines = {
            url: [line for line in text.split("\n") if line.strip()] for url, text in zip(pages, made, strict=True)
        }
        kept, left, cut = cuts(pages, lines, told)
        hosts = len({page.host for page in pages.values()})
        for what, (right, all_) in (("before", kept), ("after", left)):
            shown = f"{right / (all_ or 1):.4f} | {right / (kept[0] or 1):.4f}"
            print(f"| {name} | {hosts} | {len(pages)} | {what} | {all_:,} | {shown} |", flush=True)
        frequent.update({(name, line): count for line, count in cut.items()})
    for (name, line), count in frequent.most_common(SHOWN):
        print(f"{count:5} {name}: {line[:100]}")


def of_hosts(read: Iterable[TrainingPage]) -> dict[str, TrainingPage]:
    """The pages with an address, by address, whose host has MIN_PAGES pages or more."""
    pages = {page.url: page for page in read if page.url}
    counts = Counter(page.host for page in pages.values())
    return {url: page for url, page in pages.items() if counts[page.host] >= MIN_PAGES}


def cuts(
    pages: Mapping[str, TrainingPage], lines: Mapping[str, Sequence[str]], told: Mapping[str, str]
) -> tuple[tuple[int, int], tuple[int, int], Counter[str]]:
    """The numbers of right lines and of all lines before and after the cuts, and how often each line was cut."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for url, page in pages.items():
        hosts[page.host].append(url)
    kept, left, cut = [0, 0], [0, 0], Counter[str]()
    for urls in hosts.values():
        keys = {url: [key(line) for line in lines[url]] for url in urls}
        repeated = template(list(keys.values()), MIN_PAGES, PERCENT)
        for url in urls:
            for line, of, right in zip(lines[url], keys[url], by_teacher(lines[url], told[url]), strict=True):
                kept[0], kept[1] = kept[0] + right, kept[1] + 1
                if of in repeated:
                    cut[line] += 1
                else:
                    left[0], left[1] = left[0] + right, left[1] + 1
    return (kept[0], kept[1]), (left[0], left[1]), cut


def key(line: str) -> int:
    """A number for the line, ignoring case, digits, marks and punctuation; BLANK if nothing else is in it."""
    letters = (c for c in unicodedata.normalize("NFD", line.lower()) if unicodedata.category(c)[0] in "LZ")
    text = " ".join("".join(letters).split())
    return hash(text) if text else BLANK


if __name__ == "__main__":
    main()
