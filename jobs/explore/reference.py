"""The reference of recipes: kinds of steps with their options and rules, columns for predicates, checks.

`python -m decantry.jobs.explore.reference` prints it as Markdown; `make docs` puts it into docs/reference.md.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, get_args

from decantry.jobs.explore.meanings import meaning
from decantry.jobs.explore.preview.thresholds import thresholds_of
from decantry.jobs.recipe.load import DEFAULT_CHECKS
from decantry.jobs.recipe.model import KINDS, Check
from decantry.schemas.documents import TABLE
from decantry.schemas.table import comment
from decantry.udfs.page.html import EXTRACTORS, NATIVE

if TYPE_CHECKING:
    from decantry.jobs.steps.step import Step

REQUIRED: Mapping[str, Mapping[str, Any]] = {
    "language": {"keep": ["en"]},
    "language_models": {"models": ["cache:glotlid.bin", "cache:openlid.bin"], "labels_above": 0.01},
    "bad_words": {"file": "cache:bad-words/en.txt"},
    "stop_words": {"by_language": "cache:fineweb2"},
    "language_words": {"lists": "cache:fineweb2-wordlists"},
    "where": {"name": "long_enough", "keep": "length(text) > 200"},
    "classifier": {"model": "cache:model.bin", "label": "hq", "above": 0.5},
    "score": {"model": "cache:head", "column": "quality"},
    "select_top": {"by": "quality"},
    "ensemble_buckets": {"columns": ["quality"]},
    "rehydrate": {"max_repetitions": 10},
    "sample": {"share": 0.5},
}
"""Values for the options that a kind requires, so that its rules can be shown."""
_HEAD = """# Reference of recipes

`make docs` makes this page from the code. [The README](../README.md#write-a-recipe) shows how to write a recipe;
`decantry recipes fineweb` prints a shipped one with its thresholds, and `--yaml` its file.

| key of a recipe | what it is |
|---|---|
| `recipe` | its name; its table has the same name, with `_` for `-` |
| `title`, `reference` | what it is, and where it comes from; they have no effect |
| `text` | `extractor`: {extractors}; `form`: `text`, or `markdown` with {native} |
| `steps` | a list of kinds, each with its options: `- c4: {{min_sentences: 3}}` |
| `checks` | bounds on what is published; see [checks](#checks) |

Every kind of step also takes a `name`. You need it if a recipe has two steps of one kind; verdicts then say
`name.rule`. A document is removed by the first rule that it breaks. A **threshold** is an option that
`decantry preview` can change without a run.

## Kinds of steps
"""
_WHERE = """## Columns of `where`

The predicate of a `where` step is Spark SQL over one document: true keeps it, false and null remove it. You can use
Spark's functions, the [native functions](#native-functions), and these columns, as earlier steps have left them:

| column | type | |
|---|---|---|
"""
_MORE = """| `token_count` | `bigint` | GPT-2 tokens of the text, after `count_tokens`. |
| `cluster_id`, `cluster_size` | `string`, `bigint` | The cluster of duplicates, after a step that finds clusters. |
| others | | The columns that `score`, `classifier`, `edu_score` and `ensemble_buckets` steps before it add. |

You cannot use subqueries, aggregates, comments, or functions that are random, depend on the time, or read files.
"""
_CHECKS = """## Checks

```yaml
checks:
  - kept_share: {between: [0.02, 0.9]}
  - removed_share: {step: language, between: [null, 0.99], severity: warning}
```

A check is a metric and its bounds. One bound may be null. If a check with the severity `error` fails, nothing is
published; if a `warning` fails, the run prints it. `error` is the default. In a crawl of fewer than 1,000 documents,
every check is a warning. A recipe without `checks` has %s; `checks: []` has none.

| metric | what it is |
|---|---|
"""
METRICS = {
    "kept_share": "kept documents, as a share of all, from 0 to 1",
    "kept": "kept documents",
    "documents": "documents that were judged",
    "removed_share": "documents that `step` removed, as a share of the documents that reached it, from 0 to 1",
}


def page() -> str:
    """The page, without the native functions."""
    extractors = ", ".join(f"`{name}`" for name in EXTRACTORS)
    native = " or ".join(f"`{name}`" for name in NATIVE)
    lines = [_HEAD.format(extractors=extractors, native=native)]
    for kind in KINDS:
        lines += [f"### {kind}\n", *section(step_of(kind))]
    lines += [_WHERE.rstrip("\n")]
    lines += [f"| `{c.name}` | `{c.type}` | {_cell(comment(c))} |" for c in TABLE.columns if c.name != "run_id"]
    lines += [_MORE, (_CHECKS % f"`{json.dumps(DEFAULT_CHECKS[0])}`").rstrip("\n")]
    known = get_args(Check.model_fields["metric"].annotation)
    lines += [f"| `{name}` | {METRICS[name]} |" for name in known]
    return "\n".join(lines) + "\n"


def step_of(kind: str) -> Step:
    """A step of the kind with the defaults of its options, and some value for those that it cannot do without."""
    return KINDS[kind].model_validate_json(json.dumps(REQUIRED.get(kind, {})), strict=True)


def section(step: Step) -> Iterator[str]:
    """What there is to know of a kind of step as Markdown, without its heading."""
    yield f"{inspect.cleandoc(type(step).__doc__ or step.about)}\n"
    yield f"Source: {step.source}.\n"
    schema = type(step).model_json_schema(by_alias=True)
    options = {name: each for name, each in schema["properties"].items() if name != "name" or step.kind == "where"}
    thresholds, rules = thresholds_of(step), step.rules()
    if options:
        yield "| option | value | default | threshold of |"
        yield "|---|---|---|---|"
        for name, each in options.items():
            default = "required" if name in schema.get("required", ()) else f"`{json.dumps(each.get('default'))}`"
            of = ", ".join(f"`{rules[place].name}`" for place in thresholds.get(name, ()))
            yield f"| `{name}` | {_cell(_kind(each, schema))} | {default} | {of} |"
        yield ""
    if rules:
        yield "| rule | removes a document when | where this is |"
        yield "|---|---|---|"
        for rule in rules:
            yield f"| `{rule.name}` | `{_cell(str(rule))}` | {_cell(meaning(step.kind, rule.measurement))} |"
        yield ""


def _kind(each: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """The values that an option may have, in words, from its JSON schema."""
    if "anyOf" in each:
        return " or ".join(_kind(other, schema) for other in each["anyOf"])
    if "$ref" in each:
        return _kind(schema["$defs"][each["$ref"].rpartition("/")[2]], schema)
    if "const" in each or "enum" in each:
        return ", ".join(f"`{json.dumps(value)}`" for value in each.get("enum", [each.get("const")]))
    kinds = {"integer": "whole number", "number": "number", "boolean": "true or false", "string": "text"}
    kinds |= {"array": "list", "object": "mapping", "null": "null"}
    words = kinds.get(each.get("type", ""), "value")
    if each.get("type") == "array" and "items" in each:
        words = f"list of {_kind(each['items'], schema)}"
    bounds = {"minimum": "at least", "exclusiveMinimum": "above", "maximum": "at most", "exclusiveMaximum": "below"}
    limits = [f"{word} {each[name]:g}" for name, word in bounds.items() if name in each]
    return ", ".join([words, *limits])


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


if __name__ == "__main__":
    print(page(), end="")
