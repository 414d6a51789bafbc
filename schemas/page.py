"""The page of documentation that the schemas are: `python -m decantry.schemas.page` prints docs/tables.md."""

from __future__ import annotations

from decantry.schemas.catalogue import TABLES
from decantry.schemas.corpus import BASE
from decantry.schemas.table import Column, Table, comment

_HEAD = """# The tables of a lake

Made from `schemas/` by `make docs`. A table lies at `<lake>/<layer>/<table>`; in Unity Catalog, where the lake is
`catalog.prefix`, at `catalog.prefix_<layer>.<table>`. `decantry sql` sees each under its last name.
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
    """All tables as markdown, ordered as the catalogue orders them, the corpora last."""
    return "\n".join([_HEAD, *(_section(table) for table in (*TABLES.values(), _CORPUS))])


def _section(table: Table) -> str:
    facts = [f"Key: {_names(table.key)}."]
    if table.partition_by:
        facts.append(f"Partitioned by {_names(table.partition_by)}.")
    if table.cluster_by:
        facts.append(f"Clustered by {_names(table.cluster_by)} where `decantry maintain` has run.")
    lines = [f"## {table.name}", "", table.about, " ".join(facts), "", "| column | type | |", "|---|---|---|"]
    lines += [_row(column) for column in table.columns]
    if table.constraints:
        lines += ["", "Holds for every row:", ""]
        lines += [f"- `{name}`: `{predicate}`" for name, predicate in table.constraints.items()]
    return "\n".join([*lines, ""])


def _row(column: Column) -> str:
    kind = f"`{column.type}`" + ("" if column.nullable else ", not null")
    return f"| `{column.name}` | {kind} | {comment(column).replace('|', chr(92) + '|')} |"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    print(page(), end="")
