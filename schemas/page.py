"""The documentation of the tables: `python -m decantry.schemas.page` prints docs/tables.md."""

from __future__ import annotations

from decantry.schemas.catalogue import TABLES
from decantry.schemas.corpus import BASE
from decantry.schemas.table import Column, Table, comment

_HEAD = """# The tables of a lake

`make docs` makes this page from `schemas/`. A table is at `<lake>/<layer>/<table>`. In Unity Catalog, if the lake is
`catalog.prefix`, it is `catalog.prefix_<layer>.<table>`. In `decantry sql`, use the last part of its name.
"""
_CORPUS = Table(
    name="gold/<recipe>",
    about="A corpus, under its recipe's name with `_` for `-`: FineWeb's published columns, then those of the steps.",
    key=("id", "copy"),
    partition_by=("dump",),
    cluster_by=("id",),
    columns=BASE,
)


def page() -> str:
    """All tables as markdown, in the order of the catalogue, the corpora last."""
    return "\n".join([_HEAD, *(_section(table) for table in (*TABLES.values(), _CORPUS))])


def _section(table: Table) -> str:
    facts = [f"Key: {_names(table.key)}."]
    if table.partition_by:
        facts.append(f"Partitioned by {_names(table.partition_by)}.")
    if table.cluster_by:
        facts.append(f"Clustered by {_names(table.cluster_by)} after `decantry maintain`.")
    lines = [f"## {table.name}", "", table.about, " ".join(facts), "", "| column | type | |", "|---|---|---|"]
    lines += [_row(column) for column in table.columns]
    if table.constraints:
        lines += ["", "These constraints hold for every row:", ""]
        lines += [f"- `{name}`: `{predicate}`" for name, predicate in table.constraints.items()]
    return "\n".join([*lines, ""])


def _row(column: Column) -> str:
    kind = f"`{column.type}`" + ("" if column.nullable else ", not null")
    return f"| `{column.name}` | {kind} | {comment(column).replace('|', chr(92) + '|')} |"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    print(page(), end="")
