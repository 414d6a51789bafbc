"""All tables that every lake has, by name; corpora are made from recipes (schemas/corpus.py)."""

from __future__ import annotations

from decantry.schemas import (
    checks,
    clusters,
    cuts,
    documents,
    fingerprints,
    forgotten,
    inputs,
    pages,
    publications,
    rejects,
    signals,
    verdicts,
)
from decantry.schemas.table import Table

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        inputs.TABLE,
        pages.TABLE,
        documents.TABLE,
        rejects.TABLE,
        verdicts.TABLE,
        signals.TABLE,
        fingerprints.TABLE,
        clusters.TABLE,
        cuts.TABLE,
        publications.TABLE,
        checks.TABLE,
        forgotten.TABLE,
    )
}
