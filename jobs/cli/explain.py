"""decantry explain: why a page is in a corpus, or is not."""

from __future__ import annotations

import difflib
import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from decantry.jobs.cli.app import LakeOption, app
from decantry.jobs.terminal import harmless

if TYPE_CHECKING:
    from decantry.jobs.explain import Explanation, StepExplained

DIFF_LINES = 40
TEXT_LINES = 12
WIDTH = 160


@app.command(name="explain")
def command(
    document: Annotated[str, typer.Argument(metavar="ID_OR_URL", help="A document's id or its address.")],
    recipe: Annotated[str, typer.Option("--recipe", help="A shipped recipe's name, or a YAML file.")],
    lake: LakeOption,
) -> None:
    """Show one document's way: where its bytes lie, every step's measurements and verdict, its text before and after.

    Example: `decantry explain https://example.org/page --recipe fineweb --lake my-lake`
    """
    from decantry.jobs.cli.context import open_lake
    from decantry.jobs.explain import explain
    from decantry.jobs.recipe.load import load

    resolved = load(recipe)
    for line in lines(explain(open_lake(lake, write=False), resolved, document)):
        print(line)


def lines(told: Explanation) -> list[str]:
    """The explanation as lines for a terminal, with nothing in them that could steer it."""
    page = told.document
    out = [
        harmless(f"{page['url']}"),
        harmless(f"  id         {page['id']}"),
        harmless(f"  bytes      {page['warc_path']} offset {page['warc_offset']} length {page['warc_length']}"),
        harmless(f"  fetch      {fetch_command(page['warc_path'], page['warc_offset'], page['warc_length'])}"),
        harmless(f"  extracted  by {page['extractor']}, charset {page['charset']}, crawl {page['crawl']}"),
        harmless(
            f"  language   {page['language']} {page['language_score'] or 0:.3f}, script {page['language_script']}"
        ),
        "",
        f"verdict: {_verdict(told)}",
    ]
    if told.cluster is not None:
        kept = f"{told.cluster.survivor} ({told.cluster.survivor_url})" if told.cluster.survivor else "none"
        out.append(harmless(f"near-duplicates: {told.cluster.size} documents, cluster {told.cluster.id}; kept: {kept}"))
    out.append("")
    for number, step in enumerate(told.steps, 1):
        out += _step(number, step)
    return [*out, "", *_texts(told.before, told.after)]


def fetch_command(path: str, offset: int, length: int | None) -> str:
    """A shell command that prints the record's bytes, decompressed where the archive is compressed."""
    unpack = " | gunzip" if path.endswith(".gz") else " | zstd -d" if path.endswith(".zst") else ""
    if length is None:
        return f"(row {offset} of {path})"
    if path.startswith("crawl-data/"):
        address = shlex.quote(f"https://data.commoncrawl.org/{path}")
        return f"curl -s -r {offset}-{offset + length - 1} {address}{unpack}"
    if "://" in path:
        return f"curl -s -r {offset}-{offset + length - 1} {shlex.quote(path)}{unpack}"
    return f"tail -c +{offset + 1} {shlex.quote(path)} | head -c {length}{unpack}"


def _verdict(told: Explanation) -> str:
    if told.verdict is None:
        return "not published under this recipe; the steps below are what it would meet"
    return "kept" if told.verdict["kept"] else f"removed by {told.verdict['removed_by']}"


def _step(number: int, explained: StepExplained) -> list[str]:
    name = str(explained.step)
    fate = "removed" if explained.broken else "edited" if explained.edited else "passed"
    out = [f"{number:>2}. {name}: {fate if explained.reached else 'not reached'}"]
    for rule in explained.step.rules():
        if rule.measurement in explained.measured:
            mark = "x" if rule in explained.broken else " "
            out.append(
                harmless(
                    f"    {mark} {rule.name}: {_value(explained.measured[rule.measurement])} (removes when {rule})"
                )
            )
    shown = {rule.measurement for rule in explained.step.rules()}
    rest = {key: value for key, value in explained.measured.items() if key not in shown}
    if rest:
        out.append(harmless("      " + ", ".join(f"{key} {_value(value)}" for key, value in rest.items())))
    return out


def _value(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _texts(before: str, after: str) -> list[str]:
    if before == after:
        return ["text (no step changed it):", *_first(before)]
    diff = difflib.unified_diff(before.splitlines(), after.splitlines(), "before", "after", n=1, lineterm="")
    shown = [harmless(line)[:WIDTH] for line in diff]
    more = [f"... {len(shown) - DIFF_LINES} more lines of difference"] if len(shown) > DIFF_LINES else []
    return ["text before:", *_first(before), "", "text after:", *_first(after), "", *shown[:DIFF_LINES], *more]


def _first(text: str) -> list[str]:
    taken = text.splitlines()
    more = [f"    ... {len(taken) - TEXT_LINES} more lines"] if len(taken) > TEXT_LINES else []
    return [*(f"    {harmless(line)[:WIDTH]}" for line in taken[:TEXT_LINES]), *more]
