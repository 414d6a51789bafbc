"""A rubric: the prompt about a text, the form of the answer, and how much of the text the model gets."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, field_validator

from decantry.jobs.process.errors import UserError

SHIPPED = ("edu", "edu-zh")
PLACE = "{text}"
MOST_ANSWER_TOKENS = ("max_tokens", "max_completion_tokens")
"""The parameters that bound an answer. OpenAI's newer models know only the second."""
OURS = ("model", "messages", "stream", "stream_options", "n", "tools", "functions")
"""Parameters that a rubric may not set, because they would change the form of the answers."""


class Rubric(BaseModel):
    """A rubric. `rubric` is its name, which labels have in the column `label`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    FORM: ClassVar[int] = 1
    """The version of how a text is put into the prompt (`question.py`) and an answer is read (`answer.py`)."""

    rubric: Annotated[str, Field(pattern=r"\A[a-z0-9][a-z0-9_-]{0,63}\z")]
    title: str
    characters: Annotated[int, Field(ge=1, le=1_000_000)]
    answer: Annotated[str, Field(min_length=1, max_length=60)]
    """The beginning of the answer's last line. One digit from 0 to 5 follows it."""
    parameters: dict[str, JsonValue]
    """The parameters of a request besides the model and the prompt, such as `temperature`."""
    prompt: str

    @field_validator("answer")
    @classmethod
    def _one_line(cls, answer: str) -> str:
        if answer != answer.strip() or len(answer.splitlines()) != 1 or any(map(str.isdigit, answer)):
            raise ValueError("must be one line, without a digit and without space around it")
        return answer

    @field_validator("parameters")
    @classmethod
    def _bounded(cls, parameters: dict[str, Any]) -> dict[str, Any]:
        bounds = [parameters[name] for name in MOST_ANSWER_TOKENS if name in parameters]
        if len(bounds) != 1 or type(bounds[0]) is not int or bounds[0] < 1:
            raise ValueError(f"must have one of {' and '.join(MOST_ANSWER_TOKENS)}, a positive whole number")
        if taken := sorted(set(OURS) & set(parameters)):
            raise ValueError(f"may not have {taken[0]}")
        return parameters

    @field_validator("prompt")
    @classmethod
    def _one_place(cls, prompt: str) -> str:
        if prompt.count(PLACE) != 1:
            raise ValueError(f"must have {PLACE} once, where the text goes")
        return prompt

    @property
    def most_answer_tokens(self) -> int:
        """The most tokens that an answer may have."""
        return next(int(str(self.parameters[name])) for name in MOST_ANSWER_TOKENS if name in self.parameters)

    @property
    def sha256(self) -> str:
        """A hash of everything that decides the prompt and how the answer is read, which excludes the title."""
        hashed = {**self.model_dump(exclude={"title"}), "form": self.FORM}
        return hashlib.sha256(json.dumps(hashed, sort_keys=True).encode()).hexdigest()


def load(name: str) -> Rubric:
    """The shipped rubric with this name, or the rubric in a YAML file. Raises UserError if it is missing or invalid."""
    import yaml

    if name in SHIPPED:
        text = (resources.files("decantry.jobs.label") / "rubrics" / f"{name}.yaml").read_text(encoding="utf-8")
    else:
        try:
            text = Path(name).read_text(encoding="utf-8")
        except (OSError, ValueError):
            raise UserError(
                f"there is no rubric {name[:200]}: use {' or '.join(SHIPPED)}, or name a YAML file"
            ) from None
    try:
        return Rubric.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, RecursionError) as error:
        raise UserError(f"the rubric {name} is not YAML: {' '.join(str(error).split())[:200]}") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "the file"
        raise UserError(
            f"the rubric {name} is not valid: {key}: {first['msg'].removeprefix('Value error, ')}"
        ) from None
