"""ops/checks: the results of checks."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="ops/checks",
    about="The results of checks, one row for each run and expectation of a table.",
    key=("run_id", "table", "expectation"),
    columns=(
        Column("run_id", "string", "The run that checked.", nullable=False),
        Column("table", "string", "The table that was checked.", nullable=False),
        Column("expectation", "string", "The expectation.", nullable=False),
        Column("success", "boolean", "Whether it held.", nullable=False),
        Column("severity", "string", "error stops a publish; warning does not.", nullable=False),
        Column("observed", "string", "The observed value."),
        Column("threshold", "string", "The allowed values."),
        Column("checked_at", "timestamp", "When it was checked."),
    ),
    constraints={"known_severity": "severity IN ('error', 'warning')"},
)
