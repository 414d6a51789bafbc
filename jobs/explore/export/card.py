"""Writes the README.md of an export for Hugging Face: a dataset card, filled from the run."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from decantry.jobs.explore.export.markdown import fenced, plain
from decantry.jobs.explore.report.shown import percent, size, visible

if TYPE_CHECKING:
    from jinja2 import Environment

    from decantry.jobs.explore.export.contents import Contents

DTYPES = {
    "string": "string",
    "int": "int32",
    "bigint": "int64",
    "double": "float64",
    "boolean": "bool",
    "timestamp": "timestamp[us, tz=UTC]",
}
"""The names that Hugging Face gives to Spark's types."""
UNKNOWN = "other"
"""The paragraph of a card if no licence was given."""
SIZES = ("1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T")
"""The bounds of Hugging Face's size categories, in documents."""
_LANGUAGE = re.compile(r"[a-z]{2,3}")
NAMED = 40
"""How many languages and crawls a card lists, the largest first."""


class Ours(str):
    """Our own text, whose Markdown is not escaped."""


def size_category(documents: int) -> str:
    """Hugging Face's size category, like `10K<n<100K`."""
    at = sum(documents >= 1000 * 10**power for power in range(len(SIZES)))
    if at == 0:
        return f"n<{SIZES[0]}"
    return f"n>{SIZES[-1]}" if at == len(SIZES) else f"{SIZES[at - 1]}<n<{SIZES[at]}"


def front_matter(contents: Contents) -> dict[str, Any]:
    """The card's metadata (huggingface/hub-docs, datasetcard.md)."""
    shards = [file for file in contents.files if file.kind == "rows"]
    codes = [code for code, _ in _largest(contents.languages) if code and _LANGUAGE.fullmatch(code)]
    metadata: dict[str, Any] = {"pretty_name": _title(contents), "license": contents.license}
    if contents.license == UNKNOWN:
        metadata |= {"license_name": "not-stated", "license_link": "README.md"}
    if codes:
        metadata["language"] = codes
    metadata |= {
        "task_categories": ["text-generation"],
        "size_categories": [size_category(contents.total.documents)],
        "tags": ["decantry"],
        "configs": [{"config_name": "default", "data_files": [{"split": "train", "path": "data/train-*.parquet"}]}],
    }
    if all(column.type in DTYPES for column in contents.columns):
        metadata["dataset_info"] = {
            "features": [{"name": column.name, "dtype": DTYPES[column.type]} for column in contents.columns],
            "splits": [{"name": "train", "num_bytes": contents.total.bytes, "num_examples": contents.total.documents}],
            "download_size": sum(file.bytes for file in shards),
            "dataset_size": contents.total.bytes,
        }
    return metadata


def card(contents: Contents) -> str:
    """The dataset card, as Markdown."""
    import yaml

    head = yaml.safe_dump(front_matter(contents), sort_keys=False, allow_unicode=True, width=1 << 16)
    kinds = {step.kind for step in contents.steps}
    files = {kind: [file for file in contents.files if file.kind == kind] for kind in ("rows", "tokens", "annotations")}
    body = _environment().get_template("card.md").render(
        c=contents,
        title=_title(contents),
        languages=_largest(contents.languages)[:NAMED],
        more_languages=max(0, len(contents.languages) - NAMED),
        sources=contents.sources[:NAMED],
        more_sources=max(0, len(contents.sources) - NAMED),
        stated=contents.license != UNKNOWN,
        common_crawl=any(source.common_crawl for source in contents.sources),
        others=any(not source.common_crawl for source in contents.sources),
        kinds=kinds,
        compared=[step.name for step in contents.steps if "duplicate" in step.kind],
        shards=files["rows"],
        packed=sum(file.bytes for file in files["rows"]),
        ids=sum(file.tokens or 0 for file in files["tokens"]),
        annotated=sum(file.rows for file in files["annotations"]),
    )  # fmt: skip
    return f"---\n{head}---\n\n{body}"


def _title(contents: Contents) -> str:
    return " ".join(visible(contents.title or contents.recipe).split())


def _largest(languages: Any) -> list[tuple[str | None, Any]]:
    return sorted(languages.items(), key=lambda item: (-item[1].documents, item[0] or ""))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    found = Environment(
        loader=FunctionLoader(_template),
        autoescape=False,  # not HTML: `_finalize` escapes every value
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters |= {
        "code": lambda text, language: Ours(fenced(text, language)),
        "size": lambda number: Ours(size(number)),
    }
    found.globals |= {"percent": lambda part, whole: Ours(percent(part, whole))}
    return found


def _template(name: str) -> str:
    return (resources.files("decantry.jobs.explore.export") / "templates" / name).read_text(encoding="utf-8")


def _finalize(value: Any) -> Any:
    """A value as Markdown: numbers with thousands separators, text as plain text."""
    if isinstance(value, Ours):
        return value
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    return f"{value:,}" if isinstance(value, int) else plain(str(value))
