"""decantry audit: find duplicates, dominant hosts and benchmark questions in a corpus in files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from decantry.jobs.cli.app import QuietOption, app
from decantry.jobs.cli.context import is_brief
from decantry.jobs.cli.page_file import require_writable, write
from decantry.jobs.cli.version import code_version
from decantry.jobs.explore.audit.files import audit_files
from decantry.jobs.ingest.columns import parse
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.platform import on_platform
from decantry.jobs.process.progress import Progress
from decantry.jobs.process.terminal import counted, harmless
from decantry.jobs.sources import find

if TYPE_CHECKING:
    from decantry.jobs.explore.audit.contents import Contents

Input = Annotated[
    list[str],
    typer.Option(
        "--input", "-i", help="A Parquet or JSON lines file (also .gz or .zst), folder, glob, https:// or s3://."
    ),
]
TextColumn = Annotated[
    str | None, typer.Option("--text-column", metavar="COLUMN", help="The column that has the text.")
]
Columns = Annotated[
    str | None, typer.Option("--columns", help="Names of columns, like text=content,url=meta.source_url.")
]
Output = Annotated[Path, typer.Option("--output", "-o", help="The HTML file to write.")]
Benchmarks = Annotated[
    str | None,
    typer.Option("--benchmarks", metavar="PATH", help="Benchmark questions: a file or folder of JSON lines."),
]
Similarity = Annotated[
    float, typer.Option("--similarity", help="The lowest Jaccard similarity of near-duplicates: above 0, at most 1.")
]


@app.command(name="audit")
def command(
    input: Input,
    text_column: TextColumn = None,
    columns: Columns = None,
    output: Output = Path("audit.html"),
    benchmarks: Benchmarks = None,
    similarity: Similarity = 0.8,
    quiet: QuietOption = False,
) -> None:
    """Find near-duplicates, dominant hosts and benchmark questions in a corpus of files.

    You need no lake and no recipe. The command changes nothing; it prints a summary and writes an HTML page. While it
    runs, it keeps texts in a temporary folder under TMPDIR.

    Example: `decantry audit --input corpus.parquet --benchmarks questions/ --output audit.html`
    """
    if not 0 < similarity <= 1:
        raise UserError(f"--similarity is {similarity:g}: use a number above 0 and at most 1")
    if on_platform():
        raise UserError("audit keeps its data in a local folder, so it cannot run on a platform: run it on one machine")
    chosen = columns_of(text_column, columns)
    require_writable(output)
    progress = Progress(quiet)
    sources = find(input, tell=progress.tell, warn=progress.warn)
    contents, page = audit_files(
        sources,
        chosen,
        benchmarks,
        similarity=similarity,
        code=code_version(),
        is_brief=is_brief,
        progress=progress,
    )
    write(output, page)
    for line in summary(contents):
        print(harmless(line))
    print(harmless(f"{output} ({output.stat().st_size / 1e3:,.0f} kB)"))


def columns_of(text_column: str | None, columns: str | None) -> tuple[tuple[str, str], ...]:
    """The pairs of `--columns`, and the column of the text. Raises UserError if the options contradict each other."""
    pairs = parse(columns)
    if text_column is None:
        return pairs
    if not text_column.strip():
        raise UserError("--text-column is empty: name the column that has the text")
    if "text" in dict(pairs):
        raise UserError("--text-column and --columns both name the column of the text: leave one out")
    return tuple(sorted([*pairs, ("text", text_column)]))


def summary(contents: Contents) -> Iterator[str]:
    """The lines that sum up an audit."""
    found, total = contents.duplicates, contents.documents
    skipped = sum(count for _, count, _ in contents.rejects)
    rejected = f", {counted(skipped, 'row')} rejected" if skipped else ""
    yield f"{counted(total, 'document')} in {counted(contents.files, 'file')}" + rejected
    for error in contents.unread:
        yield f"not read: {error}"
    yield (
        f"near-duplicates at {contents.similarity:g}, verified: {found.near:,} ({found.near / total:.1%}), "
        f"{found.near_only:,} of them are not exact duplicates"
    )
    yield f"exact duplicates: {found.exact:,} ({found.exact / total:.1%})"
    if found.largest:
        yield f"largest cluster: {found.largest[0].size:,} documents, kept {found.largest[0].kept.name[:200]}"
    if contents.hosts is None:
        yield "hosts: unknown, because no row has an address"
    else:
        first = contents.hosts.largest[0]
        yield f"hosts: {contents.hosts.hosts:,}, the largest {first.name} with {first.documents / total:.1%}"
    for each in contents.benchmarks:
        yield f"{each.name}: {each.found:,} of {each.long_enough:,} questions of eight words or more are in the corpus"
