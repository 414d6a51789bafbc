"""Loads a command only when it is called, so that no command waits for the imports of another."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

COMMANDS = {
    "run": "Read archives, judge their pages by a recipe, check the result and publish the corpus.",
    "ingest": "Read archives and extract the text of their pages, each archive once.",
    "extract": "Extract the lake's pages again with another extractor, from bronze/pages or else from their archives.",
    "curate": "Judge the lake's documents by a recipe, check the result and publish it.",
    "dedup": "Deduplicate the lake's documents and publish the survivors. See the tables `clusters` and `verdicts`.",
    "check": "Check a published corpus, or the whole lake. Ends with code 1 if a check fails.",
    "sql": "Query the lake's tables with SQL, read-only.",
    "explain": "Show why a document was kept or removed: each step's measurements, and the text before and after.",
    "sample": "Show a few documents that a rule removed, or that were kept; the same ones each time.",
    "preview": "Show which documents other thresholds would add to a corpus or remove from it, without a run.",
    "report": "Describe a published corpus on one HTML page: flow, measurements, composition, samples, checks, runs.",
    "audit": "Find near-duplicates, dominant hosts and benchmark questions in a corpus of files.",
    "label": "Score a sample of texts with a language model and a rubric, and keep the labels in a lake or a file.",
    "agreement": "Compare the scores of models and people: agreement, kappa, rank correlation, confusion matrix.",
    "export": "Write a published corpus as shuffled shards of even size, with a manifest of checksums.",
    "train": "Train a quality classifier on judged texts, evaluate it by cross-validation, and write a model card.",
    "predictive-strength": "Choose texts to train a classifier on: those that rank models as a benchmark does.",
    "score": "Score the lake's texts with a model, and keep the scores in the table `scores`.",
    "fit": "Compute thresholds and stop words for each language of a lake, and write a recipe that uses them.",
    "recipes": "List the recipes, or print one with every rule and threshold resolved.",
    "tables": "List the tables, or the columns of one table. Does not start Spark.",
    "inputs": "List a lake's inputs with status and counts, or the files that an --input names. Does not start Spark.",
    "maintain": "Compact and cluster every table, and remove files of old versions and rows of dead runs.",
    "rollback": "Go back to an earlier publication of a recipe in one commit. Without --to, list its publications.",
    "forget": "Remove pages from every table and corpus, keep them out of later ingests, and log it in `forgotten`.",
    "rehydration-weights": "Print as JSON how often to repeat a document, by the size of its cluster.",
    "doctor": "Check Python, Java, Spark, jars, lists, models, disk and memory, and say how to fix what is wrong.",
    "setup": "Fetch the runtime jars and the URL lists into the cache, if they are missing.",
}
"""The commands in the order of --help, each with the first line of its help. A command's module has the same name."""


class OnDemand(TyperGroup):
    """A group of commands that imports only the one that is called."""

    def __init__(self, **options: Any) -> None:
        """Register the name and the help of each command."""
        listed: dict[str, Any] = {name: TyperCommand(name, help=about) for name, about in COMMANDS.items()}
        super().__init__(**options | {"commands": listed})

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        """The command that the first argument names, and the arguments after it."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, loaded(str(name)), rest


def loaded(name: str) -> Any:
    """The imported command with its options."""
    app = import_module(f"decantry.jobs.cli.{name.replace('-', '_')}").app
    found = next(command for command in app.registered_commands if command.name == name)
    return typer.main.get_command_from_info(found, pretty_exceptions_short=False, rich_markup_mode=app.rich_markup_mode)
