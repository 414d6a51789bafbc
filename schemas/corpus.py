"""gold/<recipe>: a published corpus, FineWeb's columns first."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

BASE = (
    Column("text", "string", "The text after the recipe's edits.", nullable=False),
    Column("id", "string", "The document's id.", nullable=False),
    Column("dump", "string", "The crawl that the document belongs to.", nullable=False),
    Column("url", "string", "The address the page was fetched from."),
    Column("date", "string", "When the page was fetched, ISO 8601 in UTC."),
    Column("file_path", "string", "The archive the page came from."),
    Column("language", "string", "The language, as the language model names it."),
    Column("language_score", "double", "The language model's score.", "probability"),
    Column("token_count", "bigint", "How many tokens the text has.", "tokens"),
    Column("copy", "int", "0, or the number of the repetition if the recipe repeats documents.", nullable=False),
)
"""FineWeb's published columns in their order (dataset card HuggingFaceFW/fineweb), and `copy`."""


def corpus(recipe: str, added: tuple[Column, ...], *, by_language: bool = False) -> Table:
    """The table of the corpus that `recipe` publishes, with the columns that its steps add.

    With `by_language`, each language is a partition of each crawl.
    """
    return Table(
        name=table_name(recipe),
        about=f"The corpus that the recipe {recipe} publishes.",
        key=("id", "copy"),
        partition_by=("dump", "language") if by_language else ("dump",),
        cluster_by=("id",),
        columns=BASE + added,
        properties={"delta.enableChangeDataFeed": "true"},
    )


def table_name(recipe: str) -> str:
    """The table of a recipe's corpus: `gold/<recipe>` with `_` for `-`."""
    return "gold/" + recipe.replace("-", "_")
