"""Commands that are loaded when they are called: `--help` and each command wait for no other's imports."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

COMMANDS = {
    "run": "Read archives, judge their pages by a recipe, check the result and publish the corpus.",
    "ingest": "Read archives and extract their text, once each.",
    "extract": "Extract known pages again: from bronze/pages, or from their archives by offset where that has them "
    "not.",
    "curate": "Judge the lake's documents by a recipe, check the result and publish it.",
    "dedup": "Deduplicate the lake's documents and publish those that stay; clusters are in `clusters`, "
    "fates in `verdicts`.",
    "check": "Try a recipe's checks, conservation and the schema on its published corpus; ends with 1 where one fails.",
    "sql": "Query the lake's tables with SQL; nothing can be changed.",
    "explain": "Show one document's way: where its bytes lie, every step's measurements and verdict, its text before "
    "and after.",
    "train": "Train a quality classifier on judged texts, measure it by cross-validation, and describe it.",
    "recipes": "List the recipes, or print one with every rule and threshold resolved.",
    "tables": "List the tables, or one table's columns; with --lake also what is in them. Spark is not started.",
    "inputs": "List a lake's inputs with their fates, or the files that an --input means. Spark is not started.",
    "maintain": "Compact and cluster every table, and remove what runs that died have left and what no recent version "
    "needs.",
    "rollback": "Make an earlier publication of a recipe the current one, in one commit; without --to, list its "
    "publications.",
    "forget": "Remove pages from every table and corpus, keep them out of later ingests, and log it in `forgotten`.",
    "rehydration-weights": "Print, as JSON, how often to repeat a document by the size of its cluster: from which size "
    "on, how many times.",
    "doctor": "Look at Python, Java, Spark, jars, lists, models, disk and memory, and say how to mend what is wrong.",
    "setup": "Fetch the runtime jars and the URL lists into the cache; what is there already is left alone.",
}
"""The commands in the order that --help lists them, each with the first line of its help; each is the module of its
name."""


class OnDemand(TyperGroup):
    """A group that knows its commands by name and loads the one that is called."""

    def __init__(self, **options: Any) -> None:
        """The commands as --help lists them."""
        listed: dict[str, Any] = {name: TyperCommand(name, help=about) for name, about in COMMANDS.items()}
        super().__init__(**options | {"commands": listed})

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        """The command that the first word names, loaded, and the words after it."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, loaded(str(name)), rest


def loaded(name: str) -> Any:
    """The command with its options."""
    app = import_module(f"decantry.jobs.cli.{name.replace('-', '_')}").app
    found = next(command for command in app.registered_commands if command.name == name)
    return typer.main.get_command_from_info(found, pretty_exceptions_short=False, rich_markup_mode=app.rich_markup_mode)
