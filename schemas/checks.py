"""ops/checks: what was expected of the data and what was seen."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="ops/checks",
    about="One row an expectation of a run: what was expected of a table and what was seen.",
    key=("run_id", "table", "expectation"),
    columns=(
        Column("run_id", "string", "The run that checked.", nullable=False),
        Column("table", "string", "The table that was checked.", nullable=False),
        Column("expectation", "string", "What was expected.", nullable=False),
        Column("success", "boolean", "Whether it held.", nullable=False),
        Column("severity", "string", "error stops a publish; warning does not.", nullable=False),
        Column("observed", "string", "What was seen."),
        Column("threshold", "string", "What was allowed."),
        Column("checked_at", "timestamp", "When it was checked."),
    ),
    constraints={"known_severity": "severity IN ('error', 'warning')"},
)
