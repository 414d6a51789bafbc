"""Commands that are loaded when they are called, so that none waits for the imports of another."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

COMMANDS = {
    "run": "Read archives, judge their pages by a recipe, check the result and publish the corpus.",
    "ingest": "Read archives and extract the text of their pages, each archive once.",
    "extract": "Extract known pages again, from bronze/pages or, if they are not there, from their archives.",
    "curate": "Judge the lake's documents by a recipe, check the result and publish it.",
    "dedup": "Deduplicate the lake's documents and publish the survivors. See the tables `clusters` and `verdicts`.",
    "check": "Check a recipe's published corpus: its checks, conservation and the schema. Ends with code 1 if one "
    "fails.",
    "sql": "Query the lake's tables with SQL, read-only.",
    "explain": "Show why a document was kept or removed: its bytes, each step's measurements, its text before and "
    "after.",
    "sample": "Show a few documents that a rule removed, or that are kept: the same ones each time.",
    "preview": "Show which documents other thresholds would add to a published corpus, and remove from it, without a "
    "run.",
    "report": "Write a published corpus as one HTML page: its flow, measurements, composition, samples, checks and "
    "runs.",
    "audit": "Audit a corpus in files: near-duplicates that are left, hosts that dominate, benchmark questions inside.",
    "label": "Let a language model judge a sample of texts by a rubric, and keep its scores in `labels` or in a file.",
    "agreement": "Compare the scores of models and people: exact, within one, quadratic weighted kappa, Spearman, "
    "confusion.",
    "export": "Write a published corpus as files: shards of even size, shuffled, with a manifest of checksums.",
    "train": "Train a quality classifier on judged texts, measure it by cross-validation, and describe it.",
    "predictive-strength": "Choose texts to train a classifier on, by how far they rank models as a benchmark does.",
    "score": "Score the lake's texts with a model, and keep the scores in the table `scores`. Texts with a score are "
    "left out.",
    "fit": "Fit thresholds and stop words to each language of a lake, and write a recipe that uses them.",
    "recipes": "List the recipes, or print one with every rule and threshold resolved.",
    "tables": "List the tables, or one table's columns; with --lake also versions and rows. Does not start Spark.",
    "inputs": "List a lake's inputs with status and counts, or the files of an --input. Does not start Spark.",
    "maintain": "Compact and cluster every table, and remove what dead runs left and files that no recent version "
    "needs.",
    "rollback": "Make an earlier publication of a recipe the current one, in one commit; without --to, list its "
    "publications.",
    "forget": "Remove pages from every table and corpus, keep them out of later ingests, and log it in `forgotten`.",
    "rehydration-weights": "Print, as JSON, how often to repeat a document by the size of its cluster.",
    "doctor": "Check Python, Java, Spark, jars, lists, models, disk and memory, and say how to mend what is wrong.",
    "setup": "Fetch the runtime jars and the URL lists into the cache, if they are not there.",
}
"""The commands in the order of --help, each with the first line of its help. A command's module has its name."""


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
