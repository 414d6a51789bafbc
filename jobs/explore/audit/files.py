"""The audit of a corpus in files, in a Spark session and a temporary folder of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.explore.audit.benchmarks import questions
from decantry.jobs.explore.audit.job import audit
from decantry.jobs.explore.audit.page import page
from decantry.jobs.explore.audit.scratch import Scratch
from decantry.jobs.lake.session import start
from decantry.jobs.process.java import check_java

if TYPE_CHECKING:
    from decantry.jobs.explore.audit.contents import Contents
    from decantry.jobs.process.progress import Progress
    from decantry.jobs.sources.source import Source


def audit_files(
    sources: Sequence[Source],
    columns: tuple[tuple[str, str], ...],
    benchmarks: str | None,
    *,
    similarity: float,
    code: str,
    is_brief: Callable[[str, Sequence[Source]], bool],
    progress: Progress,
) -> tuple[Contents, str]:
    """The results of the audit, and the HTML page.

    `benchmarks` names files of questions. Raises UserError if the questions, or the columns of the files, cannot be
    used.
    """
    asked = questions(benchmarks) if benchmarks is not None else []
    check_java()
    progress.tell("starting Spark")
    with tempfile.TemporaryDirectory(prefix="decantry-audit-", ignore_cleanup_errors=True) as folder:
        spark = start(folder, brief=is_brief(folder, sources))
        with progress.watching(spark):
            scratch = Scratch(spark, folder)
            contents = audit(scratch, sources, columns, asked, similarity=similarity, code=code, tell=progress.tell)
    return contents, page(contents)
