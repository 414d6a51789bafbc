"""The text of a page by jusText, as Nemotron-CC uses it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from decantry.udfs.page.extractor import CannotExtract, many_tags

if TYPE_CHECKING:
    from justext.paragraph import Paragraph

HEADING_DISTANCE = 200
"""How many characters before good text a heading may stand. Source: jusText 3.0.2, core.py, and NeMo Curator."""


def with_justext(html: str, utf8: bytes | None = None) -> str:
    """The paragraphs that jusText takes for content, with an empty line between them.

    Stop words are English and thresholds the package's own, which are those of NeMo Curator
    (nemo_curator/stages/text/download/html_extractors/justext.py).
    """
    import justext.core
    from lxml.etree import ParserError

    many_tags(html, utf8)
    try:
        dom = justext.core.preprocessor(justext.core.html_to_dom(html))
        paragraphs = justext.core.ParagraphMaker.make_paragraphs(dom)
        justext.core.classify_paragraphs(paragraphs, justext.get_stoplist("English"))
    except ParserError:
        return ""  # a page without markup and text
    except MemoryError:
        raise  # the child process ends, and its parent rejects the page
    except Exception as error:
        raise CannotExtract("extractor_failed", f"{type(error).__name__}: {error}"[:300]) from None
    kept = zip(paragraphs, in_context(paragraphs), strict=True)
    return "\n\n".join(paragraph.text for paragraph, found in kept if found == "good")


def in_context(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The class of each paragraph, `good` or `bad`, from its own class and those around it.

    These are the classes that jusText's `revise_paragraph_classification` gives where all paragraphs have their own
    class before, as NeMo Curator calls it. That function takes quadratic time for many short paragraphs.
    """
    classes = [paragraph.cf_class for paragraph in paragraphs]
    lengths = [len(paragraph) for paragraph in paragraphs]
    for i, paragraph in enumerate(paragraphs):
        if paragraph.heading and classes[i] == "short" and _good_text_follows(i, lengths, classes):
            classes[i] = "neargood"
    classes = _short(classes)
    after = _nearest(classes[::-1], ("good", "bad"))[::-1]
    for i, found in enumerate(classes):
        if found == "neargood":
            before = classes[i - 1] if i else "bad"
            classes[i] = "bad" if before == after[i] == "bad" else "good"
    for i, paragraph in enumerate(paragraphs):
        headed = paragraph.heading and classes[i] == "bad" and paragraph.cf_class != "bad"
        if headed and _good_text_follows(i, lengths, classes):
            classes[i] = "good"
    return classes


def _short(classes: Sequence[str]) -> list[str]:
    """The classes, with short paragraphs classed by the paragraphs around them that are not short."""
    before, after = _nearest(classes, ("good", "bad")), _nearest(classes[::-1], ("good", "bad"))[::-1]
    every = ("good", "bad", "neargood")
    near_before, near_after = _nearest(classes, every), _nearest(classes[::-1], every)[::-1]
    found = list(classes)
    for i, own in enumerate(classes):
        if own != "short":
            continue
        near = (before[i] == "bad" and near_before[i] == "neargood") or (
            after[i] == "bad" and near_after[i] == "neargood"
        )
        found[i] = "good" if before[i] == after[i] == "good" or (near and before[i] != after[i]) else "bad"
    return found


def _nearest(classes: Sequence[str], wanted: tuple[str, ...]) -> list[str]:
    """For each paragraph, the class of the last one before it whose class is wanted; `bad` if there is none."""
    found, last = [], "bad"
    for own in classes:
        found.append(last)
        if own in wanted:
            last = own
    return found


def _good_text_follows(at: int, lengths: Sequence[int], classes: Sequence[str]) -> bool:
    """Whether a good paragraph begins within `HEADING_DISTANCE` characters behind the paragraph."""
    distance = 0
    for i in range(at + 1, len(lengths)):
        if distance > HEADING_DISTANCE:
            return False
        if classes[i] == "good":
            return True
        distance += lengths[i]
    return False
