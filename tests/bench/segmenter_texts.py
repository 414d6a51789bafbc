"""Texts in many languages: the main content of real pages, and documents composed of real sentences."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

SURE = 0.65
"""A page counts for a language if lid.176 gives it a higher score."""
SIZES = (4, 6, 9, 14, 22)
"""The numbers of sentences in composed documents."""
DRAWN = 40
"""How many documents of each size are composed in each language."""


def pages(archives: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Language and main content (resiliparse) of each response that has one."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree

    from decantry.jobs.setup.cache import model_path
    from decantry.udfs.page.language import LanguageModel

    model = LanguageModel(str(model_path("package:lid.176.ftz")))
    for archive in archives:
        for record in ArchiveIterator(str(archive), record_types=WarcRecordType.response):
            body = record.reader.read()
            html = bytes_to_str(body, detect_encoding(body, from_html_meta=True) or "utf-8")
            text = extract_plain_text(HTMLTree.parse(html), main_content=True)
            language, score = model.identify(text)
            if language is not None and score is not None and score > SURE:
                yield language, text


def put_together(sentences: Path) -> Iterator[tuple[str, str]]:
    """Language and text of documents composed of random sentences of a JSONL file, with a fixed seed, four on each
    line."""
    found = defaultdict(list)
    for line in sentences.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found[row["language"]].append(row["text"])
    drawn = random.Random(27)
    for language, mine in sorted(found.items()):
        for size in SIZES:
            for _ in range(DRAWN):
                some = drawn.sample(mine, size)
                yield language, "\n".join(" ".join(some[at : at + 4]) for at in range(0, size, 4))
