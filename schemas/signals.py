"""silver/signals: every measurement of every document, kept on request."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

CHARACTERS, TOKENS = "characters", "tokens"
"""The keys in `values` of the sizes of the text after all steps."""

TABLE = Table(
    name="silver/signals",
    about="Every measurement that a recipe's steps took of a document, written with --measure-all.",
    key=("recipe", "id", "run_id"),
    partition_by=("recipe", "recipe_hash", "crawl"),
    cluster_by=("id",),
    columns=(
        Column("recipe", "string", "The recipe's name.", nullable=False),
        Column("recipe_hash", "string", "The hash of the recipe.", nullable=False),
        Column("crawl", "string", "The crawl that the document belongs to.", nullable=False),
        Column("id", "string", "The document's id.", nullable=False),
        Column(
            "values",
            "map<string,double>",
            "Measurement by `step.measurement`, as if no step had removed the document. Also the `characters` and "
            "`tokens` of its text after all steps, unless a step after its removal needs a model's score. A document "
            "that a step across documents removed may lack the measurements of later steps.",
        ),
        Column("run_id", "string", "The run that wrote the row, with its verdict on the document.", nullable=False),
    ),
)
