"""Checks by Spark's plan whether a statement only reads the lake's own tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from decantry.jobs.process.errors import UserError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_EXPLAIN = re.compile(
    r"\A(?:[\s(]|--[^\n]*\n|/\*.*?\*/)*explain(?:\s+(?:extended|codegen|cost|formatted))?\b", re.I | re.S
)
_NODE = re.compile(r"^[\s:+|-]*'?([A-Z]\w*)", re.M)
_CHANGES = re.compile(
    r"(Delta)?(Insert|Overwrite|Append|Delete|Update|Merge|Create|Replace|Drop|Alter|Truncate|Cache|Uncache|Set|Add)[A-Z]"
)
_NAMES = re.compile(r"Unresolved(?:Relation|TableOrView|Table|View) \[([^\]]*)\]")
_REACHES_OUT = re.compile(r"'(?:\w+\.)*(reflect|java_method|try_reflect|identifier)\(|Function \[(read_files)\]", re.I)

_UNFOLDED = (
    "spark.sql.optimizer.excludedRules",
    "org.apache.spark.sql.catalyst.optimizer.ConstantFolding,"
    "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation",
)
"""Spark's optimiser rules that evaluate constants are off: they would raise an error without its cause."""
_UNTOLD = "it fails while it is planned, and Spark does not say why; `decantry check` tells whether the lake is whole"

ONLY_QUERIES = "only queries are run here (SELECT, WITH, VALUES, SHOW, DESCRIBE, EXPLAIN): this one changes something"


def require_own_tables(spark: SparkSession, statement: str) -> None:
    """Raise UserError unless the statement's plan, which is not run, only reads tables by their names.

    Refused are changes, files and tables by path (``csv.`/etc/hosts` ``), scripts (`TRANSFORM ... USING`) and functions
    that call into Java. Raises Spark's ParseException, its lines counted from one before the statement, where it is no
    SQL.
    """
    query = _EXPLAIN.sub("", statement)
    # otherwise plans lack parts of long lists, which could then not be checked
    spark.conf.set("spark.sql.debug.maxToStringFields", "1000000")
    before = spark.conf.get(_UNFOLDED[0], None)
    spark.conf.set(*_UNFOLDED)
    try:
        row = spark.sql(f"EXPLAIN EXTENDED\n{query}").first()
    finally:
        if before is None:
            spark.conf.unset(_UNFOLDED[0])
        else:
            spark.conf.set(_UNFOLDED[0], before)
    plan = str(row[0]) if row else ""
    parsed, found, _ = plan.partition("== Analyzed Logical Plan ==")
    if not found:
        # Spark reports this for a query that fails during planning, which would also fail when it runs
        lines = [line for line in plan.splitlines() if line.strip() and not line.startswith("Error occurred during")]
        why = re.sub(r"^\[[A-Z_.]+\]\s*|\s*SQLSTATE: \w+.*$", "", lines[0] if lines else _UNTOLD)
        raise UserError(f"the query is not valid: {why}")
    nodes = _NODE.findall(parsed)
    if any(_CHANGES.match(node) for node in nodes):
        raise UserError(ONLY_QUERIES)
    if any(node.startswith("Script") for node in nodes):
        raise UserError("scripts (TRANSFORM ... USING) are not run here")
    if path := next((name for name in _NAMES.findall(parsed) if ", " in name), None):
        raise UserError(
            f"only the lake's own tables are read here, not {path.replace(', ', '.')}: see `decantry tables`"
        )
    if function := _REACHES_OUT.search(parsed):
        raise UserError(f"the function {function[1] or function[2]} reaches outside of the lake and is not run here")
