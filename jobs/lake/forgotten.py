"""The requests to forget, and the rows that they match: by domain, address or id."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.spark import F
from decantry.udfs.archive.url import ascii_host, site_of

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.lake.lake import Lake

KINDS = ("domain", "url", "id")
_NOT_ASCII = r"^([^/?#]*:)?[/\\]*[^/?#]*[^\x00-\x7F]"
"""Addresses for which earlier versions found another host (`mass.example` for `maß.example`)."""


def stored(kind: str, value: str) -> str:
    """The value as ops/forgotten keeps it: a domain in the form of documents' hosts, an address or id as its sha256."""
    if kind == "domain":
        domain = value.strip().strip(".")
        return ascii_host(domain) or domain.lower()
    return hashlib.sha256(value.strip().encode()).hexdigest()


def forgotten(lake: Lake) -> DataFrame | None:
    """The keys of all requests to forget, as the column `key`; None if there are none."""
    if not lake.exists("ops/forgotten"):
        return None
    return lake.read("ops/forgotten").select(F.concat_ws(":", "kind", "value").alias("key")).distinct()


def matching(rows: DataFrame, keys: DataFrame, columns: Sequence[str]) -> DataFrame:
    """The columns of the rows that match one of the keys, each row once. A domain matches all hosts below it.

    The rows have `id`, and may have `url` and `host`.
    """
    marked = rows.select(*columns, F.explode(_keys(rows)).alias("key"))
    return marked.join(keys, "key", "left_semi").select(*columns).distinct()


def ids_of(rows: DataFrame, keys: DataFrame) -> DataFrame:
    """The ids of the rows that match one of the keys, each once."""
    return matching(rows.where("id IS NOT NULL"), keys, ["id"])


def _keys(rows: DataFrame) -> Column:
    """All keys that would match the row, as an array."""
    none = F.array().cast("array<string>")
    found = [F.concat(F.lit("id:"), F.sha2(F.col("id"), 256))]
    domains = none
    if "url" in rows.columns:
        found.append(F.concat(F.lit("url:"), F.sha2(F.col("url"), 256)))
        domains = F.coalesce(_of_host(rows), _of_address(rows), none)
    return F.concat(F.filter(F.array(*found), lambda key: key.isNotNull()), domains)


def _of_host(rows: DataFrame) -> Column:
    """The keys of the row's host and the hosts above it; null if it has none, or if its address must be parsed."""
    if "host" not in rows.columns:
        return F.lit(None).cast("array<string>")
    return F.when(_kept_host(), domain_keys(F.col("host")))


def domain_keys(host: Column) -> Column:
    """The keys of the host and of the hosts above it, as an array."""
    parts = F.split(F.regexp_replace(F.lower(host), r"\.+$", ""), r"\.")
    return F.transform(
        F.sequence(F.lit(1), F.size(parts)),
        lambda start: F.concat(F.lit("domain:"), F.array_join(F.slice(parts, start, F.size(parts)), ".")),
    )


def _of_address(rows: DataFrame) -> Column:
    """The same for the host in the row's address, found as for documents. Parses the address only if necessary."""
    url = F.when(~_kept_host(), F.col("url")) if "host" in rows.columns else F.col("url")
    return F.udf(lambda address: domains_of(address), "array<string>")(url)  # a lambda: Spark would read type hints


def _kept_host() -> Column:
    """Whether the row has a host that is the same in all versions of Decantry."""
    return F.col("host").isNotNull() & ~F.coalesce(F.col("url").rlike(_NOT_ASCII), F.lit(False))


def domains_of(url: str | None) -> list[str] | None:
    """The keys of the address's host and of the hosts above it; None if it has no host."""
    site = site_of(url)
    host = site.host or site.domain
    if host is None:
        return None
    parts = host.split(".")
    return ["domain:" + ".".join(parts[start:]) for start in range(len(parts))]


def forgotten_keys(lake: Lake) -> set[str]:
    """All requests to forget, as their values."""
    return {f"{row['kind']}:{row['value']}" for row in lake.rows("ops/forgotten", columns=["kind", "value"])}


def require_nothing_forgotten(lake: Lake, before: set[str]) -> None:
    """Raise InfrastructureError if there are requests to forget that are not in `before`.

    A `forget` writes its request first and reads the tables afterwards. A run that publishes commits first and calls
    this afterwards. So one of the two always sees the other.
    """
    if forgotten_keys(lake) - before:
        raise InfrastructureError(
            "pages were forgotten while this run judged them: nothing was published; run it again"
        )


FORGOTTEN = ("decode", "forgotten")
"""The stage and the reason of the reject that a forgotten document leaves."""


def as_reject(rows: DataFrame) -> DataFrame:
    """The documents as rejects that say nothing but their position in the archive."""
    stage, reason = FORGOTTEN
    nothing: dict[str, Column] = {name: F.lit(None).cast("string") for name in ("id", "url", "detail")}
    length = F.col("warc_length").alias("length")
    return (
        rows.drop("length").select("*", length).withColumns({**nothing, "stage": F.lit(stage), "reason": F.lit(reason)})
    )
