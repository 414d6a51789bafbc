"""What Delta knows a write by."""

from __future__ import annotations

from decantry.jobs.commits import Transaction


def test_a_write_is_named_by_all_that_tells_it_from_others() -> None:
    made = Transaction.of("ingest", "silver/documents", ["C", "D"], "hash", "attempt", 3)
    assert made.options == {"txnAppId": "ingest:silver/documents:C+D:hash:attempt", "txnVersion": "3"}
    assert made.name == "ingest:silver/documents:C+D:hash:attempt#3"


def test_many_crawls_are_counted() -> None:
    made = Transaction.of("curate", "gold/logs", ["a", "b", "c", "d", "e"], "hash", "attempt", 1)
    assert made.app == "curate:gold/logs:5 crawls:hash:attempt"
