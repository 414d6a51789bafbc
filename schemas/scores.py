"""silver/scores: the scores of texts by models; each text is scored once."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="silver/scores",
    about="The scores that models give to texts (`decantry score`, and steps that need a score). A score stays valid. "
    "A text that a recipe has edited has scores of its own. If a document moves to another crawl, it is scored again.",
    key=("id", "text_hash", "model_sha256", "label"),
    partition_by=("model_sha256", "crawl"),
    cluster_by=("id",),
    columns=(
        Column("crawl", "string", "The crawl that the document belongs to.", nullable=False),
        Column("id", "string", "The document's id.", nullable=False),
        Column("text_hash", "string", "The sha256 of the text that was scored: `sha2(text, 256)`.", nullable=False),
        Column("model_sha256", "string", "The sha256 of the model.", nullable=False),
        Column(
            "label",
            "string",
            "The label of a fastText model whose probability it is; `probability` or `score` for other models.",
            nullable=False,
        ),
        Column(
            "score",
            "double",
            "The score: a probability, or a number on the scale of the training data.",
            nullable=False,
        ),
        Column("run_id", "string", "The run that wrote the row."),
        Column(
            "scorer_version",
            "int",
            "The version of the code that computed the score from the text and the model; null is 1. Scores of another "
            "version are computed again.",
        ),
    ),
)
