"""Mutants of commands, queries, output and tracking."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

INPUT = "tests/jobs/cli/test_bad_input.py"
QUERY = "tests/jobs/cli/test_bad_query.py"

COMMANDS = (
    Mutant(
        "mistakes-are-failures",
        "a scheduler tries again what a person has mistyped",
        "jobs/process/errors.py",
        "    exit_code = 2\n",
        "    exit_code = 3\n",
        f"{INPUT}::test_a_missing_input",
    ),
    Mutant(
        "queries-that-write",
        "a statement that is no query runs",
        "jobs/lake/statement.py",
        "if first not in _QUERIES | _LISTS:",
        "if first is None:",
        f"{QUERY}::test_sql_other_than_queries_is_refused_before_spark",
    ),
    Mutant(
        "queries-of-files",
        "a query may read any file by its path",
        "jobs/lake/statement.py",
        "if isinstance(node, exp.Table) and len(node.parts) > 1:",
        "if isinstance(node, exp.Table) and len(node.parts) > 2:",
        f"{QUERY}::test_sql_other_than_queries_is_refused_before_spark",
    ),
    Mutant(
        "queries-that-reach-out",
        "a query may call into Java",
        "jobs/lake/statement.py",
        "|reflect|java_method|",
        "|java_method|",
        f"{QUERY}::test_sql_other_than_queries_is_refused_before_spark",
    ),
    Mutant(
        "infinity-in-json",
        "JSON has numbers that it has no form for",
        "jobs/cli/rows.py",
        "return value if math.isfinite(value) else None",
        "return value if value == value else None",
        "tests/jobs/cli/test_rows.py::test_values_as_json_has_them",
    ),
    Mutant(
        "moments-without-their-zone",
        "a moment is shown without its zone",
        "jobs/cli/rows.py",
        '.replace("+00:00", "Z")',
        '.replace("+00:00", "")',
        "tests/jobs/cli/test_rows.py::test_values_as_json_has_them",
    ),
    Mutant(
        "csv-split-at-returns",
        "a text with a carriage return is two rows of CSV",
        "jobs/cli/rows.py",
        'lineterminator="\\r\\n")',
        'lineterminator="\\n")',
        "tests/jobs/cli/test_rows.py::test_csv_quotes_whatever_ends_a_line",
    ),
    Mutant(
        "a-column-lost",
        "of two columns of a name JSON loses one",
        "jobs/cli/rows.py",
        'if output == "json" and twice is not None:',
        'if output == "table" and twice is not None:',
        "tests/jobs/cli/test_rows.py::test_json_does_not_lose_a_column",
    ),
    Mutant(
        "escapes-in-terminals",
        "a page can steer the terminal that shows it",
        "jobs/process/terminal.py",
        r"[\x00-\x08\x0b-\x1f\x7f-",
        r"[\x00-\x08\x0b-\x1a\x7f-",
        "tests/jobs/cli/test_rows.py::test_control_characters_are_made_visible",
    ),
    Mutant(
        "names-turned-round",
        "a name can turn the direction of a line",
        "jobs/process/terminal.py",
        r"\u2028-\u202e",
        r"\u2028-\u202d",
        "tests/jobs/cli/test_rows.py::test_control_characters_are_made_visible",
    ),
    Mutant(
        "tracking-fails-in-silence",
        "a tracking server that is down is told by nobody",
        "jobs/tracking/tracker.py",
        '            self._warn(f"tracking failed and is off for this run: {why}")',
        "            del told",
        "tests/jobs/tracking/test_tracking.py::test_a_server_that_is_down_is_one_warning_and_the_job_goes_on",
    ),
    Mutant(
        "failed-jobs-are-finished",
        "a job that raised is a finished run",
        "jobs/tracking/tracker.py",
        '"FINISHED" if failed is None else',
        '"FINISHED" if failed is not KeyboardInterrupt else',
        "tests/jobs/tracking/test_tracking.py::test_a_job_that_raises_is_a_failed_run_and_raises_on",
    ),
    Mutant(
        "parameters-with-secrets",
        "a tracked parameter has the secret that it was given with",
        "jobs/tracking/tracker.py",
        "redacted(str(value))[:500]",
        "str(value)[:500]",
        "tests/faults/test_secrets.py::test_no_tracked_parameter_text_or_dataset_has_a_secret",
    ),
    Mutant(
        "another-model",
        "a model that is another than the recipe names is used",
        "jobs/setup/cache.py",
        "if sha256 and digest(path) != sha256:",
        "if sha256 and not digest(path):",
        "tests/jobs/setup/test_cache.py::test_a_model_with_another_digest_is_refused",
    ),
)
