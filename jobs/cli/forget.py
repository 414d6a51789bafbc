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
from decantry.jobs.process.terminal import counted
from decantry.jobs.upkeep.forget import forget, preview
from decantry.jobs.upkeep.requests import require_valid

Domains = Annotated[
    list[str] | None, typer.Option("--domain", help="Forget this domain and all its hosts (repeat for several).")
]
Urls = Annotated[
    list[str] | None,
    typer.Option("--url", help="Forget this address, as written in the table documents (repeat for several)."),
]
Ids = Annotated[
    Path | None, typer.Option("--ids", metavar="FILE", help="Forget the document ids in this file, one a line.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")]


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

    You cannot undo this. Before it removes anything, the command prints the number of documents and asks you to
    confirm, unless you give --yes. Old versions of the tables contain the pages until you run `decantry maintain` after
    the time that the command prints. If the corpus kept a forgotten page for its near-duplicates, curate the recipe
    again to keep one of these.

    Example: `decantry forget --domain example.org --lake my-lake --yes`
    """
    requests = [("domain", one) for one in domain or []] + [("url", one) for one in url or []]
    if ids is not None:
        try:
            lines = ids.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"--ids {ids} cannot be read: {error}") from None
        requests += [("id", line.strip()) for line in lines if line.strip()]
        if not any(line.strip() for line in lines):
            raise UserError(f"--ids {ids} is empty: write one id a line")
    require_valid(requests)
    if not yes and not sys.stdin.isatty():
        raise UserError("nothing was removed: there is no terminal to ask for confirmation; add --yes")
    progress = Progress(quiet)
    opened = open_lake(lake, write=True, must_exist=True)
    with progress.watching(opened.spark):
        matching = preview(opened, requests)
    print(f"this removes {counted(matching.documents, 'document')}{_of_recipes(matching.kept)}")
    if not yes and not typer.confirm("Remove them from every table and corpus? You cannot undo this."):
        raise UserError("nothing was removed")
    with progress.watching(opened.spark):
        report = forget(opened, requests, progress.tell)
    if report.unfinished:
        interrupted = counted(report.unfinished, "interrupted request")
        print(f"the lake has {interrupted} to forget other pages: run those `forget` commands again")
    if not report.removed and not report.resumed:
        print("the lake has no such documents; later ingests leave them out")
        return
    for table, count in sorted(report.removed.items()):
        print(f"{table:<20}{count:>10,} {'row' if count == 1 else 'rows'}")
    if report.resumed:
        print("an interrupted run was finished; its rows are not counted here")
        print("curate your recipes again: near-duplicates of the pages that it removed may come back")
    until = f"{report.history_until:%Y-%m-%d %H:%M} UTC"
    print(f"old versions of the tables contain them until you run `decantry maintain` after {until}")
    for recipe, count in sorted(report.survivors.items()):
        print(
            f"{count:,} of them had near-duplicates that {recipe} removed: "
            f"run `decantry curate {recipe} --lake {lake}` to keep one of each cluster"
        )


def _of_recipes(kept: dict[str, int]) -> str:
    """How many documents each corpus would lose."""
    if not kept:
        return ", in no corpus"
    return ": " + ", ".join(f"{count:,} in the corpus of {recipe}" for recipe, count in sorted(kept.items()))
