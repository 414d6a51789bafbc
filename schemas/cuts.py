"""silver/cuts: the paragraphs that were cut, and where they occur first."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="silver/cuts",
    about="Every paragraph that a recipe's step cut from a document, and where it occurs first.",
    key=("recipe", "step", "id", "paragraph", "run_id"),
    partition_by=("recipe", "recipe_hash", "crawl"),
    columns=(
        Column("recipe", "string", "The recipe's name.", nullable=False),
        Column("recipe_hash", "string", "The hash of the recipe.", nullable=False),
        Column("step", "string", "The step that cut.", nullable=False),
        Column("crawl", "string", "The crawl that the document belongs to.", nullable=False),
        Column("id", "string", "The document's id.", nullable=False),
        Column("paragraph", "int", "The paragraph's line, from 0, in the text that the step received.", nullable=False),
        Column("text", "string", "The paragraph that was cut.", nullable=False),
        Column("first_id", "string", "The document in which it occurs first.", nullable=False),
        Column("first_paragraph", "int", "Its line, from 0, in that document.", nullable=False),
        Column("run_id", "string", "The run that wrote the row, with its verdict on the document.", nullable=False),
    ),
)
