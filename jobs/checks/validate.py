"""Evaluate expectations with Great Expectations, in memory and without its telemetry, and write its data docs.

The library takes seconds to import, so `validate` runs it in a separate process, which calls `evaluated`.
"""

from __future__ import annotations

import html
import logging
import os
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from functools import cache
from pathlib import Path
from typing import Any

from decantry.jobs.checks.expectation import Batch, CheckResult, Expectation
from decantry.jobs.checks.offline import list_newest
from decantry.jobs.process.background import BackgroundProcess, CallFailed, ProcessEnded
from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.terminal import counted

SITE = "decantry"
"""The name of our data docs site. The library also defines one in a temporary folder, which is not built."""


def start_library() -> None:
    """Start the process with the library, so that it is imported while Spark works."""
    _process()


@cache
def _process() -> BackgroundProcess:
    """The process with the library. The first call starts it, and later commands of this process use it again."""
    return BackgroundProcess(__name__)


def validate(batches: Sequence[Batch], docs: Path | None = None) -> list[CheckResult]:
    """The result of every expectation of every batch. Data docs are written into the folder `docs`, if given.

    Raises InfrastructureError if the library fails.
    """
    try:
        found: list[CheckResult] = _process().call("evaluated", batches, docs)
    except ProcessEnded as error:
        _process.cache_clear()
        raise InfrastructureError(f"the checks could not be evaluated: {error}") from error
    except CallFailed as error:
        raise InfrastructureError(f"the checks could not be evaluated: {error}") from error
    return found


@cache
def load() -> Any:
    """Great Expectations, imported without output and with its telemetry off."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import great_expectations as gx
        import great_expectations.expectations
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    return gx


def evaluated(batches: Sequence[Batch], docs: Path | None = None) -> list[CheckResult]:
    """As `validate`, in this process."""
    gx = load()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    if docs is not None:
        context.add_data_docs_site(SITE, _site(docs))
    source = context.data_sources.add_pandas("decantry")
    results: list[CheckResult] = []
    run = gx.RunIdentifier(run_time=datetime.now(timezone.utc))
    for batch in batches:
        results += _evaluate(gx, context, source, batch, run)
    if docs is not None:
        context.build_data_docs(site_names=[SITE])
        list_newest(docs)
    return results


def _evaluate(gx: Any, context: Any, source: Any, batch: Batch, run: Any) -> list[CheckResult]:
    import pandas as pd

    name = f"{batch.table} {batch.about}".replace("/", ".").replace(" ", "-")
    definition = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all")
    suite = context.suites.add(
        gx.ExpectationSuite(name, expectations=[_expectation(gx, each) for each in batch.expectations])
    )
    validation = context.validation_definitions.add(gx.ValidationDefinition(data=definition, suite=suite, name=name))
    checkpoint = context.checkpoints.add(
        gx.Checkpoint(name=name, validation_definitions=[validation], result_format="BASIC")
    )
    outcome = checkpoint.run(batch_parameters={"dataframe": pd.DataFrame(_escaped(batch.rows))}, run_id=run)
    (found,) = outcome.run_results.values()
    by_kind = {_key(r.expectation_config.type, r.expectation_config.kwargs): r for r in found.results}
    return [_result(batch, each, by_kind[_key(_snake(each.kind), each.options)]) for each in batch.expectations]


def _escaped(rows: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """The rows with their text escaped for HTML, because the library's data docs do not escape values.

    Different texts stay different, so expectations about text (not null, unique) give the same result.
    """
    return {
        name: [html.escape(value) if isinstance(value, str) else value for value in values]
        for name, values in rows.items()
    }


def _expectation(gx: Any, each: Expectation) -> Any:
    severity = "critical" if each.severity == "error" else "warning"
    return getattr(gx.expectations, each.kind)(severity=severity, **each.options)


def _result(batch: Batch, each: Expectation, found: Any) -> CheckResult:
    result = found.result or {}
    if found.exception_info and found.exception_info.get("raised_exception"):
        observed = str(found.exception_info.get("exception_message"))
    elif result.get("partial_unexpected_list"):
        observed = ", ".join(_shown(value) for value in result["partial_unexpected_list"][:5])
    else:
        observed = counted(result.get("element_count", 0), "row")
    return CheckResult(batch.table, each.name, bool(found.success), each.severity, observed[:500], each.threshold)


def _shown(value: Any) -> str:
    return html.unescape(" and ".join(str(part) for part in value) if isinstance(value, tuple) else str(value))


def _key(kind: str, options: Any) -> tuple[Any, ...]:
    return (kind, *(options.get(name) for name in ("column", "column_A", "column_B", "min_value", "max_value")))


def _snake(kind: str) -> str:
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in kind).lstrip("_")


def _site(folder: Path) -> dict[str, Any]:
    return {
        "class_name": "SiteBuilder",
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "store_backend": {
            "module_name": "decantry.jobs.checks.offline_store",
            "class_name": "OfflineStore",
            "base_directory": str(folder),
        },
    }
