"""Forty hostile texts at a terminal: what `sql`, `explain` and `sample` print holds no character that acts there."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest

from decantry.jobs.cli.explain import lines
from decantry.jobs.cli.rows import write
from decantry.jobs.cli.sample import lines as sample_lines
from decantry.jobs.explore.blocks import Block
from decantry.jobs.explore.explanation import Cluster, Cut, Explanation, StepExplained
from decantry.jobs.explore.sample import Sampled
from decantry.jobs.recipe.load import load
from tests.jobs.cli.test_rows import Frame
from tests.jobs.explore.report.hostile import HOSTILE

ACTS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""What a terminal obeys, or what changes the direction of the text after it; a line break is ours."""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def written(text: str, output: str, stream: io.StringIO) -> str:
    write(Frame([text], (text,)), output, None, stream)  # type: ignore[arg-type]
    return stream.getvalue()


@pytest.mark.parametrize("text", HOSTILE)
def test_sql(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")  # no colours of our own
    for output in ("table", "csv", "json"):
        assert not ACTS.search(written(text, output, Terminal())), output
    assert not ACTS.search(written(text, "table", io.StringIO()))


@pytest.mark.parametrize("text", HOSTILE)
def test_sql_into_a_file_leaves_the_text_as_it_is(text: str) -> None:
    assert json.loads(written(text, "json", io.StringIO())) == [{text: text}]
    if "\x00" not in text:  # Python 3.10 reads no NUL
        rows = csv.reader(io.StringIO(written(text, "csv", io.StringIO()), newline=""))
        assert [*rows] == [[text], [text]]


@pytest.mark.parametrize("text", HOSTILE)
def test_explain(text: str) -> None:
    names = ("url", "id", "warc_path", "extractor", "charset", "crawl", "language", "language_script")
    page: Any = {**dict.fromkeys(names, text), "warc_offset": 0, "warc_length": 5, "language_score": 0.5}
    (step, *_) = load("fineweb").steps
    rule = step.rules()[0]
    explained = StepExplained(step, {rule.measurement: 1.0, "x": text}, (rule,), (rule,), True, True, {rule.name: text})
    explanation = Explanation(
        document=page,
        same_address=(text,),
        verdict={"kept": False, "removed_by": text, "recipe": text, "recipe_hash": text},  # type: ignore[arg-type]
        steps=(explained,),
        clusters=(Cluster("near_duplicates", text, 2, text, text, text, 0.8),),
        cuts=(Cut("c4", text, text, 0),),
        before=text,
        after=f"{text} edited",
        other_hash=True,
        blocks=(Block(text, text, 0.5),),
    )
    found = lines(explanation)
    assert len(found) > 20
    assert [line for line in found if ACTS.search(line) or "\n" in line] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_sample(text: str) -> None:
    found = sample_lines(Sampled(text, text, text, {text: 1.0}, text), load("fineweb"))
    assert [line for line in found if ACTS.search(line) or "\n" in line] == []
