"""ops/forgotten: what was taken out of the lake on request, and stays out."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="ops/forgotten",
    about="One row a domain, address or id that the lake has forgotten, and that later ingests leave out.",
    key=("kind", "value"),
    columns=(
        Column("kind", "string", "What was forgotten: domain, url or id.", nullable=False),
        Column("value", "string", "The domain; of an address or an id its sha256 only.", nullable=False),
        Column("removed", "map<string,bigint>", "How many rows each table lost by the request.", "rows"),
        Column("run_id", "string", "The run that forgot it.", nullable=False),
        Column("forgotten_at", "timestamp", "When it was asked for.", nullable=False),
        Column("history_until", "timestamp", "Until when old versions may hold it; then `maintain` removes them."),
    ),
    constraints={"known_kind": "kind IN ('domain', 'url', 'id')"},
)
