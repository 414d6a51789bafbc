"""silver/verdicts: every document's fate under a recipe."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="silver/verdicts",
    about="What became of each document under a recipe, and the measurements that decided.",
    key=("recipe", "id", "run_id"),
    partition_by=("recipe", "recipe_hash", "crawl"),
    cluster_by=("id",),
    columns=(
        Column("recipe", "string", "The recipe's name.", nullable=False),
        Column(
            "recipe_hash",
            "string",
            "The hash of the resolved recipe, its steps' versions, models and lists.",
            nullable=False,
        ),
        Column("crawl", "string", "The crawl that the document belongs to.", nullable=False),
        Column("id", "string", "The document's id.", nullable=False),
        Column("kept", "boolean", "Whether the document is in the corpus.", nullable=False),
        Column("removed_by", "string", "The step and rule that removed it, `step.rule`; null when kept."),
        Column("values", "map<string,double>", "The measurements that decided."),
        Column("cluster_id", "string", "Its cluster's smallest id, by the last step that compared it; null if alone."),
        Column(
            "cluster_size",
            "bigint",
            "Its cluster's size, in the last step that compared it; null if none did.",
            "documents",
        ),
        Column(
            "run_id",
            "string",
            "The run that judged it; `publications` says which runs count.",
            nullable=False,
        ),
    ),
    constraints={"kept_or_removed_by": "kept = (removed_by IS NULL)"},
)
