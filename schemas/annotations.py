"""silver/annotations: what other models say of a document."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="silver/annotations",
    about="Labels and scores that models other than the language model gave to a document.",
    key=("id", "extractor", "model"),
    partition_by=("crawl",),
    columns=(
        Column("id", "string", "The document's id.", nullable=False),
        Column("extractor", "string", "The extractor of the text that was scored.", nullable=False),
        Column("crawl", "string", "The crawl that the document belongs to.", nullable=False),
        Column("model", "string", "The model's name in the recipe.", nullable=False),
        Column("model_sha256", "string", "The sha256 of the model's file."),
        Column("label", "string", "The label the score is of."),
        Column("score", "double", "The score of that label.", "probability"),
        Column("run_id", "string", "The run that wrote the row."),
    ),
)
