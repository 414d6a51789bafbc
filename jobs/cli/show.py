"""Prints the results of runs: the funnel, and lines that sum up a run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from decantry.jobs.dedup import s_curve
from decantry.jobs.process.secrets import redacted
from decantry.jobs.process.terminal import counted, harmless
from decantry.jobs.steps.near_duplicates import NearDuplicates

if TYPE_CHECKING:
    from decantry.jobs.curate.report import CurateReport
    from decantry.jobs.ingest.extract import ExtractReport
    from decantry.jobs.ingest.options import IngestReport
    from decantry.jobs.recipe.funnel import FunnelStep

RULES_SHOWN = 4
ERRORS_SHOWN = 3
LANGUAGES_SHOWN = 30
WIDTH = 140
"""Width of a table, in characters, if the output is not a terminal."""


def funnel(title: str, steps: list[FunnelStep]) -> None:
    """Print the funnel: how many documents each step saw and removed, and its rules that removed most."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("step")
    for name in ("seen", "removed", "share"):
        table.add_column(name, justify="right")
    table.add_column("by rule")
    for step in steps:
        share = f"{step.removed / step.seen:.1%}" if step.seen else "-"
        label, rules = Text(harmless(step.step)), Text(harmless(_rules(step)))
        table.add_row(label, f"{step.seen:,}", f"{step.removed:,}", share, rules)
    Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH).print(table)


def languages(funnels: dict[str, list[FunnelStep]]) -> None:
    """Print what each step removed of each language, and what is kept, in the crawls that were judged.

    Steps that removed nothing have no column.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not funnels:
        return
    removing = dict.fromkeys(part.step for steps in funnels.values() for part in steps if part.removed)
    table = Table(title="by language, in the judged crawls", title_justify="left", box=None, pad_edge=False)
    table.add_column("language")
    for name in ("documents", *map(harmless, removing), "kept", "share"):
        table.add_column(Text(name), justify="right")
    for language, steps in list(funnels.items())[:LANGUAGES_SHOWN]:
        by = {part.step: part.removed for part in steps}
        seen, kept = steps[0].seen, steps[-1].seen - steps[-1].removed
        figures = [f"{n:,}" for n in (seen, *(by[name] for name in removing), kept)]
        table.add_row(Text(harmless(language) or "none"), *figures, f"{kept / seen:.1%}" if seen else "-")
    Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH).print(table)
    if (more := len(funnels) - LANGUAGES_SHOWN) > 0:
        print(f"and {more:,} more languages with fewer documents")


def _rules(step: FunnelStep) -> str:
    shown = [f"{name} {count:,}" for name, count in list(step.rules.items())[:RULES_SHOWN]]
    more = len(step.rules) - len(shown)
    return ", ".join(shown) + (f", {more} more" if more > 0 else "")


def curated(report: CurateReport) -> None:
    """Print the result of a curate."""
    name = report.recipe.recipe
    if report.already_done:
        print(harmless(f"already done: {name} of {', '.join(report.already_done)}"))
    if not report.published:
        return
    total = sum(part.documents for part in report.published)
    kept = sum(part.kept for part in report.published)
    funnel(f"{name} ({report.recipe_hash})", report.funnel)
    languages(report.funnels)
    for step in report.recipe.steps:
        if isinstance(step, NearDuplicates):
            print(s_curve.in_words(step))
    for step_name, count in report.uncompared.items():
        print(harmless(f"{step_name}: {counted(count, 'document')} had nothing to compare, so this step kept them"))
    share = f" ({kept / total:.1%})" if total else ""
    print(f"kept {kept:,} of {total:,} documents{share} in {report.seconds:.1f} s")
    if report.publication is not None:
        print(f"published as {name}@{report.publication} (`decantry rollback {name}` lists publications)")


def ingested(report: IngestReport) -> None:
    """Print the result of an ingest."""
    fresh = report.archives - report.already_done
    if report.already_done:
        print(f"already done: {report.already_done:,} of {counted(report.archives, 'file')}")
    if fresh:
        print(
            f"read {counted(fresh, 'file')}: {counted(report.records, 'record')}, "
            f"{counted(report.documents, 'document')}, {counted(report.rejects, 'reject')} in {report.seconds:.1f} s"
        )
    if report.noted:
        print(f"noted: {harmless(', '.join(f'{what} {n:,}' for what, n in sorted(report.noted.items())))}")
    troubled = [f"{n} {kind}" for kind in ("damaged", "empty", "failed") if (n := getattr(report, kind))]
    if troubled:
        print(f"of these {', '.join(troubled)}: see `decantry inputs` and the table `rejects`")
        for error in report.errors[:ERRORS_SHOWN]:
            print(f"  {harmless(redacted(error))}")
        if len(report.errors) > ERRORS_SHOWN:
            print(f"  and {len(report.errors) - ERRORS_SHOWN} more")


def extracted(report: ExtractReport) -> None:
    """Print the result of an extract."""
    if report.already_done:
        print(f"already done: {counted(report.already_done, 'page')} by {report.extractor}")
    if report.documents or report.rejects:
        print(
            f"extracted {counted(report.documents, 'page')} by {report.extractor}, {counted(report.rejects, 'reject')} "
            f"in {report.seconds:.1f} s"
        )
