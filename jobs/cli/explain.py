"""decantry explain: show why a page was kept or removed."""

from __future__ import annotations

import difflib
import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from decantry.jobs.cli.app import PUBLISHED_TOO, LakeOption, app
from decantry.jobs.cli.context import open_lake
from decantry.jobs.cli.recipe_of import recipe_of
from decantry.jobs.dedup.word_diff import word_diff
from decantry.jobs.explore.explain import explain
from decantry.jobs.process.terminal import WIDTH, first_lines, harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from decantry.jobs.explore.blocks import Block
    from decantry.jobs.explore.explanation import Cluster, Explanation, StepExplained

DIFF_LINES = 40
WORD_DIFFS = 12
IDS = 5
CUTS = 12
BLOCKS = 60


@app.command(name="explain")
def command(
    document: Annotated[str, typer.Argument(metavar="ID_OR_URL", help="A document's id or its address.")],
    recipe: Annotated[str, typer.Option("--recipe", help=PUBLISHED_TOO)],
    lake: LakeOption,
) -> None:
    """Show why a document was kept or removed: each step's measurements, and the text before and after.

    Example: `decantry explain https://example.org/page --recipe fineweb --lake my-lake`
    """
    resolved = recipe_of(recipe, lake)
    for line in lines(explain(open_lake(lake, write=False, query=True), resolved, document)):
        print(line)


def lines(explanation: Explanation) -> list[str]:
    """The explanation as lines for a terminal, without terminal escapes."""
    page = explanation.document
    out = [
        harmless(page["url"] or "(no address)"),
        harmless(f"  id         {page['id']}"),
        harmless(f"  bytes      {page['warc_path']} offset {page['warc_offset']} length {page['warc_length']}"),
        harmless(f"  fetch      {fetch_command(page['warc_path'], page['warc_offset'], page['warc_length'])}"),
        harmless(f"  extracted  by {page['extractor']}, charset {page['charset']}, crawl {page['crawl']}"),
        harmless(
            f"  language   {page['language']} {page['language_score'] or 0:.3f}, script {page['language_script']}"
        ),
    ]
    if explanation.same_address:
        ids = explanation.same_address
        more = f" and {len(ids) - IDS} more" if len(ids) > IDS else ""
        out.append(harmless(f"  others     with this address, by id: {', '.join(ids[:IDS])}{more}"))
    out += ["", harmless(f"verdict: {_verdict(explanation)}")]
    for cluster in explanation.clusters:
        out += _cluster(cluster, page["id"], explanation.before)
    out += [
        harmless(f"{cut.step} cut, first in {cut.first_id} line {cut.first_paragraph}: {cut.text}")[:WIDTH]
        for cut in explanation.cuts[:CUTS]
    ]
    if len(explanation.cuts) > CUTS:
        out.append(f"... {len(explanation.cuts) - CUTS} more paragraphs cut: see the table `cuts`")
    out += ["", "steps (x marks a broken rule; steps that were not reached show what they would have measured):"]
    for number, step in enumerate(explanation.steps, 1):
        out += _step(number, step)
    return [*out, *_blocks(explanation.blocks), "", *_texts(explanation.before, explanation.after)]


def _cluster(cluster: Cluster, document: str, text: str) -> list[str]:
    """The cluster, its survivor, and how the document differs from the survivor."""
    alike = "" if cluster.similarity is None else f", similarity {cluster.similarity:.3f}"
    kept = f"{cluster.survivor} ({cluster.survivor_url})"
    out = [harmless(f"{cluster.step}: {cluster.size} documents, cluster {cluster.id}; kept: {kept}{alike}")]
    if cluster.survivor == document:
        return out
    diff = word_diff(cluster.survivor_text, text)
    if not diff:
        return [*out, "  it has the same words as the kept document"]
    out.append("  changed words, from the kept document to this one:")
    out += [f"    {harmless(line)}"[: 2 * WIDTH] for line in diff[:WORD_DIFFS]]
    return out + ([f"    ... {len(diff) - WORD_DIFFS} more differences"] if len(diff) > WORD_DIFFS else [])


def fetch_command(path: str, offset: int, length: int | None) -> str:
    """A shell command that prints the record's bytes, decompressed where the archive is compressed."""
    packed = path.lower().rpartition(".")[2]
    unpack = " | gunzip" if packed in ("gz", "gzip") else " | zstd -d" if packed in ("zst", "zstd") else ""
    if length is None:
        return f"(row {offset} of {path})"
    if path.startswith("crawl-data/"):
        address = shlex.quote(f"https://data.commoncrawl.org/{path}")
        return f"curl -s -r {offset}-{offset + length - 1} {address}{unpack}"
    if "://" in path:
        return f"curl -s -r {offset}-{offset + length - 1} {shlex.quote(path)}{unpack}"
    return f"tail -c +{offset + 1} {shlex.quote(path)} | head -c {length}{unpack}"


def _verdict(explanation: Explanation) -> str:
    if explanation.verdict is None:
        return "none: the recipe has not judged this document; the steps below show what it would do"
    fate = "kept" if explanation.verdict["kept"] else f"removed by {explanation.verdict['removed_by']}"
    if not explanation.other_hash:
        return fate
    by = f"{explanation.verdict['recipe']} with the hash {explanation.verdict['recipe_hash']}"
    return f"{fate} by {by}; your recipe has another hash, and the steps below show what it would do"


def _step(number: int, explained: StepExplained) -> list[str]:
    name = str(explained.step)
    fate = "removed" if explained.broken else "edited" if explained.edited else "passed"
    out = [f"{number:>2}. {name}: {fate if explained.reached else 'not reached'}"]
    for rule in explained.rules:
        if explained.step.finds_clusters and rule not in explained.broken:
            size = explained.measured.get(rule.measurement) or 1
            out += [f"      kept for a cluster of {size} documents"] if size > 1 else []
        elif rule.measurement in explained.measured:
            mark = "x" if rule in explained.broken else " "
            match = f": {explained.matches[rule.name]}" if rule.name in explained.matches else ""
            measured = _value(explained.measured[rule.measurement])
            out.append(harmless(f"    {mark} {rule.name}: {measured} (removes when {rule}){match}"))
    shown = {rule.measurement for rule in explained.step.rules()}
    rest = {key: value for key, value in explained.measured.items() if key not in shown}
    if rest:
        out.append(harmless("      " + ", ".join(f"{key} {_value(value)}" for key, value in rest.items())))
    return out


def _value(value: object) -> str:
    if isinstance(value, bool):  # rules compare it with a number
        return str(int(value))
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _blocks(blocks: Sequence[Block]) -> list[str]:
    """A line for each block, with the probability that it is content, if the lake has them."""
    if not blocks:
        return []
    shown = [
        harmless(f"  {block.probability:.2f} {block.kind:<10}{' '.join(block.text.split())}")[:WIDTH]
        for block in blocks[:BLOCKS]
    ]
    more = [f"  ... {len(blocks) - BLOCKS} more blocks: see the table `blocks`"] if len(blocks) > BLOCKS else []
    return ["", "blocks of the page, with the probability that each is content:", *shown, *more]


def _texts(before: str, after: str) -> list[str]:
    if before == after:
        return ["text (no step changed it):", *first_lines(before)]
    diff = difflib.unified_diff(before.splitlines(), after.splitlines(), "before", "after", n=1, lineterm="")
    shown = [harmless(line)[:WIDTH] for line in diff]
    more = [f"... {len(shown) - DIFF_LINES} more lines of difference"] if len(shown) > DIFF_LINES else []
    return [
        "text before:",
        *first_lines(before),
        "",
        "text after:",
        *first_lines(after),
        "",
        *shown[:DIFF_LINES],
        *more,
    ]
