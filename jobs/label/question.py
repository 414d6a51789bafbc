"""Writes the prompt about a text: the rubric, and the text between two lines that the text cannot contain."""

from __future__ import annotations

from decantry.jobs.label.rubric import PLACE, Rubric

MARKS = ("<|", "|>")
"""These enclose the control tokens of most chat templates (ChatML, Llama 3). Some servers obey them in a text."""


def question(rubric: Rubric, text: str, text_hash: str) -> str:
    """The prompt. `text_hash` is the sha256 of the whole text, of which `text` is the beginning.

    The lines around the text contain a part of the hash, so that no text can contain the line that ends it.
    """
    for mark in MARKS:
        text = text.replace(mark, " ".join(mark))
    fence = text_hash[:16]
    return rubric.prompt.replace(PLACE, f"----- BEGIN PAGE {fence} -----\n{text}\n----- END PAGE {fence} -----")
