"""Load a recipe by name or from a file, and validate it. Every error is one line."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import yaml
from pydantic import ValidationError

from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.alarms import Alarms
from decantry.jobs.recipe.model import KINDS, Check, Recipe

if TYPE_CHECKING:
    from decantry.jobs.steps.step import Step

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_VALUES = 100_000
MAX_BITS = 1_000
"""The most bits of an integer. No useful number has more, and Python does not print integers of some 14,000 bits."""
_SURROGATE = re.compile("[\ud800-\udfff]")


class UnknownRecipe(UserError):
    """No shipped recipe and no file has this name."""


def shipped() -> list[str]:
    """The names of the recipes that come with Decantry, sorted."""
    folder = resources.files("decantry.jobs") / "recipes"
    return sorted(Path(entry.name).stem for entry in folder.iterdir() if entry.name.endswith(".yaml"))


def load(name_or_path: str) -> Recipe:
    """The shipped recipe with this name, or the recipe in this YAML file. Raises UserError if it is not valid."""
    return parse(source(name_or_path), name_or_path)


def source(name_or_path: str) -> str:
    """The YAML of the recipe with this name or file."""
    if name_or_path in shipped():
        return (resources.files("decantry.jobs") / "recipes" / f"{name_or_path}.yaml").read_text(encoding="utf-8")
    path = Path(name_or_path)
    try:
        exists = path.is_file()
    except OSError:  # the name is too long, for example
        exists = False
    if not exists:
        raise UnknownRecipe(
            f"there is no recipe {name_or_path[:200]}: {_suggestion(name_or_path)}"
            f"name a YAML file or one of {', '.join(shipped())}"
        )
    if path.stat().st_size > MAX_BYTES:
        raise UserError(f"the recipe {path} is larger than {MAX_BYTES} bytes: is it a recipe?")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"the recipe {path} cannot be read: {error}") from None


DEFAULT_CHECKS = [{"kept_share": {"between": [0.01, None]}}]
"""The checks of a recipe without `checks`. A recipe with `checks: []` has none."""
KEYS = sorted({*Recipe.model_fields} - {"alarms"})
"""The keys of a recipe. Its alarms are among its checks."""
METRICS = sorted({*get_args(Check.model_fields["metric"].annotation), "alarms"})
"""What a check may be about."""


def parse(text: str, where: str) -> Recipe:
    """The recipe in the YAML. `where` is its name in error messages."""
    try:
        content = yaml.load(text, Loader=_Loader)
    except yaml.reader.ReaderError as error:
        line = f", line {text.count(chr(10), 0, error.position) + 1}"
        raise UserError(
            f"the recipe {where}{line} is not YAML: it has the character {chr(error.character)!a}"
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise UserError(f"the recipe {where}{line} is not YAML: {getattr(error, 'problem', error)}") from None
    except RecursionError:
        raise UserError(f"the recipe {where} nests too deeply") from None
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise UserError(f"the recipe {where} has a value that does not fit its tag or format: {error}") from None
    if (problem := _problem(content)) is not None:
        raise UserError(f"the recipe {where} {problem}")
    if not isinstance(content, dict):
        raise UserError(f"the recipe {where} is not a mapping: begin it with `recipe: NAME`")
    if (unknown := next((key for key in content if key not in KEYS), None)) is not None:
        raise UserError(f"the recipe {where}: {_no_key(str(unknown), KEYS)}")
    steps = content.get("steps")
    if not isinstance(steps, list):
        raise UserError(f"the recipe {where} has no list of `steps`")
    parsed = tuple(_step(entry, number, where) for number, entry in enumerate(steps, 1))
    checks = content.get("checks", DEFAULT_CHECKS)
    checks = [] if checks is None else checks
    if not isinstance(checks, list):
        raise UserError(f"the recipe {where}: `checks` is not a list")
    read = [_check(entry, number, where) for number, entry in enumerate(checks, 1)]
    alarms = [each for each in read if isinstance(each, Alarms)]
    if len(alarms) > 1:
        raise UserError(f"the recipe {where}: its checks have `alarms` twice: put all options into one of them")
    resolved: dict[str, Any] = {"steps": parsed, "checks": tuple(each for each in read if isinstance(each, Check))}
    resolved |= {"alarms": alarms[0]} if alarms else {}
    try:
        recipe = Recipe(**{str(key): value for key, value in content.items()} | resolved)
    except ValidationError as error:
        raise UserError(f"the recipe {where}: {_first(error, KEYS)}") from None
    names = {str(step) for step in recipe.steps}
    for check in recipe.checks:
        if check.step is not None and check.step not in names:
            raise UserError(f"the recipe {where}: a check names the step {check.step}, but the recipe has no such step")
    return recipe


def _problem(content: Any) -> str | None:
    """Why the content cannot be a recipe: it is too large, refers to itself, or has values that JSON does not have.

    None if nothing speaks against it.
    """
    seen = 0
    stack = [(content, 0)]
    while stack:
        value, depth = stack.pop()
        seen += 1
        if depth > MAX_DEPTH or seen > MAX_VALUES:
            return f"nests more than {MAX_DEPTH} deep, has more than {MAX_VALUES} values, or refers to itself"
        if isinstance(value, dict):
            for key in value:
                if not isinstance(key, str | int | float | None):
                    return f"has a key that is a {type(key).__name__}, {key}: write it in quotes"
            stack += [(item, depth + 1) for pair in value.items() for item in pair]
        elif isinstance(value, list | tuple | set):
            stack += [(item, depth + 1) for item in value]
        elif isinstance(value, str) and _SURROGATE.search(value):
            return f"has half of a surrogate pair, {value[:40]!a}"
        elif isinstance(value, int) and value.bit_length() > MAX_BITS:
            return f"has an integer of {value.bit_length()} bits: {MAX_BITS} bits are allowed"
    return None


class _Loader(yaml.SafeLoader):
    """Reads plain values only, and refuses repeated keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping. Raises MarkedYAMLError if a key is repeated."""
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.tag == "tag:yaml.org,2002:merge":
                raise yaml.MarkedYAMLError(
                    problem="`<<` is not supported: write the options out", problem_mark=key.start_mark
                )
            name = self.construct_object(key)
            if name in seen:
                raise yaml.MarkedYAMLError(problem=f"the key `{key.value}` is there twice", problem_mark=key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)


def _step(entry: Any, number: int, where: str) -> Step:
    if isinstance(entry, str):
        entry = {entry: {}}
    if not isinstance(entry, dict) or len(entry) != 1:
        raise UserError(f"the recipe {where}, step {number}: a step is one kind with its options, such as `- c4: {{}}`")
    kind, options = next(iter(entry.items()))
    prefix = f"the recipe {where}, step {number} ({kind})"
    if kind not in KINDS:
        raise UserError(f"{prefix}: there is no such kind of step; {meant(str(kind), sorted(KINDS))}")
    options = {} if options is None else options
    if not isinstance(options, dict):
        raise UserError(f"{prefix}: its options are not a mapping")
    return step_of(KINDS[kind], options, prefix)


def step_of(kind: type[Step], options: Mapping[str, Any], prefix: str) -> Step:
    """The step of this kind with these options. Raises UserError if they are not valid. `prefix` begins its message."""
    try:
        return kind.model_validate_json(_json(options), strict=True)
    except ValidationError as error:
        known = sorted(field.alias or name for name, field in kind.model_fields.items())
        raise UserError(f"{prefix}: {_first(error, known)}") from None


def _check(entry: Any, number: int, where: str) -> Check | Alarms:
    prefix = f"the recipe {where}, check {number}"
    if not isinstance(entry, dict) or len(entry) != 1 or not isinstance(next(iter(entry.values())), dict):
        raise UserError(
            f"{prefix}: a check is a metric with its bounds, such as `- kept_share: {{between: [0.02, 0.9]}}`"
        )
    metric, options = next(iter(entry.items()))
    if metric not in METRICS:
        raise UserError(f"{prefix}: there is no metric `{str(metric)[:80]}`; {meant(str(metric), METRICS)}")
    if "metric" in options:
        raise UserError(f"{prefix} ({metric}): there is no key `metric`; write the metric before its bounds")
    kind: type[Check | Alarms] = Alarms if metric == "alarms" else Check
    try:
        return kind.model_validate_json(
            _json(options if kind is Alarms else {"metric": metric, **options}), strict=True
        )
    except ValidationError as error:
        raise UserError(f"{prefix} ({metric}): {_first(error, sorted(kind.model_fields))}") from None


def _json(options: Any) -> str:
    """The options as JSON. In strict JSON mode, a list may become a tuple, but "50" is not a number."""
    return json.dumps(options, default=str)


def _first(error: ValidationError, known: list[str]) -> str:
    """The first validation error in words. An unknown key comes first, because it explains the others."""
    found = error.errors(include_url=False)
    wrong = next((each for each in found if each["type"] == "extra_forbidden"), found[0])
    key = ".".join(str(part) for part in wrong["loc"])
    if wrong["type"] == "extra_forbidden":
        return _no_key(key, known)
    if wrong["type"] == "missing":
        return f"the key `{key}` is missing"
    message = wrong["msg"].removeprefix("Value error, ")
    if wrong["type"] == "value_error" and not isinstance(wrong["input"], str | int | float):
        return message
    return f"`{key}` is {wrong['input']!r:.80}: {message}" if key else message


def _suggestion(name: str) -> str:
    """A question about the shipped recipe with the most similar name; empty if no name is similar."""
    near = difflib.get_close_matches(name[:80], shipped(), n=1)
    return f"did you mean {near[0]}? " if near else ""


def _no_key(key: str, known: list[str]) -> str:
    """The message for an unknown key, with the known ones."""
    return f"there is no key `{key[:80]}`; {meant(key, known)}"


def meant(word: str, known: list[str]) -> str:
    """The most similar known word, if there is one, and all known words."""
    near = difflib.get_close_matches(word[:80], known, n=1)
    question = f"did you mean `{near[0]}`? " if near else ""
    return f"{question}choose from {', '.join(known)}"
