"""silver/clusters: the members of clusters of duplicates."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="silver/clusters",
    about="The members of every cluster of duplicates that a recipe's steps found, without singletons.",
    key=("recipe", "step", "member", "run_id"),
    partition_by=("recipe", "recipe_hash", "crawl"),
    columns=(
        Column("recipe", "string", "The recipe's name.", nullable=False),
        Column("recipe_hash", "string", "The hash of the recipe.", nullable=False),
        Column("step", "string", "The deduplicate step.", nullable=False),
        Column("crawl", "string", "The member's crawl.", nullable=False),
        Column("member", "string", "The member's id.", nullable=False),
        Column("cluster", "string", "The smallest id of the cluster, which names it.", nullable=False),
        Column("size", "bigint", "How many members it has.", "documents", nullable=False),
        Column("survivor", "string", "The id of the member that is kept.", nullable=False),
        Column(
            "similarity", "double", "The member's Jaccard similarity to the survivor, if the step verifies.", "share"
        ),
        Column("run_id", "string", "The run that wrote the row, with its verdict on the member.", nullable=False),
    ),
    constraints={
        "named_by_the_smallest": "cluster <= member AND cluster <= survivor",
        "size_is_two_or_more": "size >= 2",
        "similarity_is_a_share": "similarity IS NULL OR similarity BETWEEN 0 AND 1",
    },
)
