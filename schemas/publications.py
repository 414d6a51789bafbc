"""ops/publications: which versions of the tables belong together."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="ops/publications",
    about="The last commit of a publish: the versions of verdicts and corpus that readers resolve.",
    key=("recipe", "crawl", "recipe_hash"),
    published=True,
    columns=(
        Column("recipe", "string", "The recipe's name.", nullable=False),
        Column("crawl", "string", "The crawl that was published.", nullable=False),
        Column("recipe_hash", "string", "The hash of the recipe.", nullable=False),
        Column("documents_hash", "string", "A hash of the documents that were judged.", nullable=False),
        Column("documents_version", "bigint", "The version of silver/documents that they were read from."),
        Column("documents", "bigint", "How many documents were judged.", "documents"),
        Column("kept", "bigint", "How many are in the corpus.", "documents"),
        Column("verdicts_version", "bigint", "The version of silver/verdicts that belongs to it."),
        Column("corpus_version", "bigint", "The version of the corpus table that belongs to it."),
        Column("cuts_version", "bigint", "The version of silver/cuts that belongs to it; null where nothing cuts."),
        Column("run_id", "string", "The run that published it."),
        Column("published_at", "timestamp", "When it was published."),
    ),
)
