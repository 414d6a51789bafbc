"""ops/forgotten: the requests to forget pages."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="ops/forgotten",
    about="The domains, addresses and ids that were removed on request, and that later ingests leave out.",
    key=("kind", "value"),
    columns=(
        Column("kind", "string", "The kind of request: domain, url or id.", nullable=False),
        Column("value", "string", "The domain, or the sha256 of the address or id.", nullable=False),
        Column("removed", "map<string,bigint>", "How many rows each table lost.", "rows"),
        Column("run_id", "string", "The run that forgot it.", nullable=False),
        Column("forgotten_at", "timestamp", "When the request was made.", nullable=False),
        Column(
            "history_until",
            "timestamp",
            "Until when old versions may hold the rows; after that, `maintain` removes them.",
        ),
    ),
    constraints={"known_kind": "kind IN ('domain', 'url', 'id')"},
)
