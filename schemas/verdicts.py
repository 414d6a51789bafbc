"""silver/verdicts: what a recipe decided about every document."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="silver/verdicts",
    about="What a recipe decided about each document, and the measurements that decided.",
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
        Column("removed_by", "string", "The step and rule that removed it, `step.rule`; null if it was kept."),
        Column("values", "map<string,double>", "The measurements that decided."),
        Column(
            "cluster_id",
            "string",
            "The smallest id of its cluster, from the last step that compared it; null if it has no duplicates.",
        ),
        Column(
            "cluster_size",
            "bigint",
            "The size of its cluster, from the last step that compared it; null if no step did.",
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
