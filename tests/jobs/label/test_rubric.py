from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.label.answer import read
from decantry.jobs.label.endpoint import Reply
from decantry.jobs.label.rubric import SHIPPED, load
from decantry.jobs.process.errors import UserError

GOOD = """
rubric: tone
title: How calm it is
characters: 500
answer: "Points:"
parameters: {max_completion_tokens: 50}
prompt: "How calm is {text}? End with Points: N"
"""


@pytest.mark.parametrize("name", SHIPPED)
def test_those_that_ship_ask_for_an_answer_that_is_read(name: str) -> None:
    rubric = load(name)
    assert rubric.rubric == name
    assert rubric.prompt.splitlines()[-1] == rubric.answer.replace("：", "：N").replace("Score:", "Score: N")
    for score in range(6):
        assert read(rubric, Reply(f"because\n{rubric.answer}{score}")).score == score


def test_the_hash_covers_the_questions(tmp_path: Path) -> None:
    def hash_of(text: str) -> str:
        file = tmp_path / "tone.yaml"
        file.write_text(text)
        return load(str(file)).sha256

    first = hash_of(GOOD)
    assert hash_of(GOOD.replace("How calm it is", "Calm") + "# a comment\n") == first
    for other in (
        ("500", "501"),
        ("50}", "50, temperature: 1}"),
        ("How calm is", "Is it calm:"),
        ('Points:"\np', 'P:"\np'),
    ):
        assert hash_of(GOOD.replace(*other)) != first, other


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rubric: [", "is not YAML"),
        ("- 1", "the file: "),
        (GOOD + "colour: red\n", "colour: Extra inputs are not permitted"),
        (GOOD.replace("{text}", "it"), "prompt: must have {text} once"),
        (GOOD.replace("{max_completion_tokens: 50}", "{}"), "parameters: must have one of max_tokens and"),
        (GOOD.replace("50}", "50, max_tokens: 60}"), "parameters: must have one of max_tokens and"),
        (GOOD.replace("50}", "true}"), "parameters: must have one of max_tokens and"),
        (GOOD.replace("50}", "50, n: 2}"), "parameters: may not have n"),
        (GOOD.replace('"Points:"', '"Points 5:"'), "answer: must be one line, without a digit"),
        (GOOD.replace("tone", "Tone!"), "rubric: "),
    ],
)
def test_an_invalid_rubric_fails_with_one_line(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(text)
    with pytest.raises(UserError) as refused:
        load(str(file))
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["nothing.yaml", ".", "a\0b"])
def test_a_missing_rubric(name: str) -> None:
    with pytest.raises(UserError, match="use edu or edu-zh, or name a YAML file"):
        load(name)
