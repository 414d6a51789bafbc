"""Mutants of the checks before a publication and of their messages."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

GATE = "tests/jobs/checks/test_gate.py"

CHECKS = (
    Mutant(
        "one-error-passes",
        "a publication of which one check fails is published",
        "jobs/checks/gate.py",
        "    if failed:\n",
        "    if len(failed) > 1:\n",
        f"{GATE}::test_a_failed_error_stops_the_run_and_is_recorded",
    ),
    Mutant(
        "warnings-stop",
        "a warning stops a publish",
        "jobs/checks/gate.py",
        'if not result.success and result.severity == "error"]',
        "if not result.success]",
        f"{GATE}::test_a_failed_warning_is_printed_and_does_not_stop_the_run",
    ),
    Mutant(
        "small-crawls-fail",
        "a share of a few documents stops a publish",
        "jobs/checks/derive.py",
        '"warning" if warn else check.severity',
        "check.severity",
        "tests/jobs/checks/test_checks.py::test_below_a_thousand_documents_a_recipes_check_only_warns",
    ),
    Mutant(
        "alarms-of-few",
        "a group of few documents raises an alarm",
        "jobs/checks/alarm.py",
        "seen >= alarms.at_least and removed",
        "removed",
        "tests/jobs/checks/test_alarm.py::test_a_crawl_loses_more_than_the_share_of_what_reaches_a_step",
    ),
    Mutant(
        "unlike-duplicates-unseen",
        "removed documents that share no word with the kept one raise no alarm",
        "jobs/checks/alarm.py",
        "not each.unlike, _unlike_in_words",
        "True, _unlike_in_words",
        "tests/jobs/checks/test_alarm.py::test_clusters_of_unlike_documents_are_listed_largest_first",
    ),
    Mutant(
        "rows-lost-unseen",
        "the corpus may have fewer rows than the verdicts promise",
        "jobs/checks/derive.py",
        '{"column_A": "kept", "column_B": "corpus_documents"}',
        '{"column_A": "kept", "column_B": "kept"}',
        "tests/jobs/checks/test_checks.py::test_conservation_is_an_error_however_small_the_crawl",
    ),
    Mutant(
        "markup-in-data-docs",
        "a page's script runs where checks are looked at",
        "jobs/checks/validate.py",
        "html.escape(value) if isinstance(value, str) else value for value in values",
        "value for value in values",
        "tests/faults/test_hostile_pages.py::test_data_docs_show_markup_as_text",
    ),
    Mutant(
        "markup-in-the-funnel",
        "a step's name is markup in the funnel's picture",
        "jobs/tracking/funnel_figure.py",
        "{escape(step.step)}",
        "{step.step}",
        "tests/jobs/tracking/test_tracking.py::test_the_funnel_figure_escapes_names_and_survives_zero",
    ),
    Mutant(
        "the-funnel-does-not-narrow",
        "every step is told to have seen all documents",
        "jobs/recipe/funnel.py",
        "left -= removed",
        "left -= 0",
        "tests/jobs/recipe/test_funnel.py::test_each_step_sees_what_the_steps_before_left",
    ),
)
