"""decantry forget: remove pages from a lake and keep them out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from decantry.jobs.cli.app import LakeOption, QuietOption, app
from decantry.jobs.cli.context import open_lake
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.progress import Progress

Domains = Annotated[list[str] | None, typer.Option("--domain", help="A domain, with all hosts below it.")]
Urls = Annotated[list[str] | None, typer.Option("--url", help="An address, as in the lake's documents.")]
Ids = Annotated[Path | None, typer.Option("--ids", metavar="FILE", help="A file of document ids, one a line.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@app.command(name="forget")
def command(
    lake: LakeOption,
    domain: Domains = None,
    url: Urls = None,
    ids: Ids = None,
    yes: Yes = False,
    quiet: QuietOption = False,
) -> None:
    """Remove pages from every table and corpus, keep them out of later ingests, and log it in `forgotten`.

    The command says how many documents it will remove and asks first, unless you give --yes. You cannot undo it. Old
    versions of the tables hold the pages until you run `decantry maintain` after the day that this command names. A
    near-duplicate of a forgotten page takes its place in a corpus when you curate the recipe again.

    Example: `decantry forget --domain example.org --lake my-lake --yes`
    """
    from decantry.jobs.upkeep.forget import forget, preview
    from decantry.jobs.upkeep.requests import require_valid

    requests = [("domain", one) for one in domain or []] + [("url", one) for one in url or []]
    if ids is not None:
        try:
            lines = ids.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"--ids {ids} cannot be read: {error}") from None
        requests += [("id", line.strip()) for line in lines if line.strip()]
        if not any(line.strip() for line in lines):
            raise UserError(f"--ids {ids} has no id in it: expected one a line")
    require_valid(requests)
    if not yes and not sys.stdin.isatty():
        raise UserError("nothing was removed: say --yes, since there is no terminal to ask on")
    progress = Progress(quiet)
    opened = open_lake(lake, write=True, there=True)
    with progress.watching(opened.spark):
        meant = preview(opened, requests)
    print(f"this means {meant.documents:,} document(s){_of_recipes(meant.kept)}")
    if not yes and not typer.confirm("Remove them from every table and corpus, for good?"):
        raise UserError("nothing was removed")
    with progress.watching(opened.spark):
        report = forget(opened, requests, progress.tell)
    if report.unfinished:
        print(f"{report.unfinished} other request(s) to forget were interrupted: run those commands again")
    if not report.removed and not report.resumed:
        print("the lake holds nothing of that; later ingests leave it out")
        return
    for table, count in sorted(report.removed.items()):
        print(f"{table:<20}{count:>10,} row(s)")
    if report.resumed:
        print(
            "finished what an interrupted run had begun, whose rows are not counted here; curate recipes again, since"
        )
        print("pages that it took out may have stood for near-duplicates")
    print(f"old versions hold them until `decantry maintain` runs after {report.history_until:%Y-%m-%d %H:%M} UTC")
    for recipe, count in sorted(report.survivors.items()):
        print(
            f"{count:,} of them stood for near-duplicates in {recipe}, of which the corpus has none now: "
            f"`decantry curate {recipe} --lake {lake}` lets others take their place"
        )


def _of_recipes(kept: dict[str, int]) -> str:
    """How many documents each corpus would lose."""
    if not kept:
        return ", in no corpus"
    return ": " + ", ".join(f"{count:,} in the corpus of {recipe}" for recipe, count in sorted(kept.items()))
