"""ops/publications: the commits that changed corpora."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="ops/publications",
    about="The commits to corpora that changed what is published, one row for each crawl that a commit touched.",
    key=("recipe", "corpus_version", "crawl"),
    columns=(
        Column("recipe", "string", "The recipe's name.", nullable=False),
        Column("corpus_version", "bigint", "The version of the corpus table that the commit made.", nullable=False),
        Column("crawl", "string", "The crawl that the commit touched.", nullable=False),
        Column("run_id", "string", "The run that made the commit.", nullable=False),
        Column(
            "kind",
            "string",
            "replace: the crawl was judged again. amend: some of its documents were. restore: the corpus went back to "
            "`restored_version`. withdraw: the crawl went back, because a run undid its commit. forget: pages were "
            "removed.",
            nullable=False,
        ),
        Column("restored_version", "bigint", "The version that a restore or a withdraw went back to."),
        Column("recipe_hash", "string", "The hash of the recipe.", nullable=False),
        Column("definition", "string", "The recipe as YAML, with the options that its author gave."),
        Column("documents_hash", "string", "A hash of the documents that were judged.", nullable=False),
        Column("documents_version", "bigint", "The version of silver/documents that they were read from."),
        Column("documents", "bigint", "How many documents of the crawl have a verdict.", "documents", nullable=False),
        Column("kept", "bigint", "How many of them are in the corpus.", "documents", nullable=False),
        Column("published_at", "timestamp", "When it was published.", nullable=False),
    ),
    constraints={
        "known_kind": "kind IN ('replace', 'amend', 'restore', 'withdraw', 'forget')",
        "restores_name_a_version": "(kind IN ('restore', 'withdraw')) = (restored_version IS NOT NULL)",
    },
)
