"""The column names of published corpora."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FIELDS = ("text", "id", "url", "date", "dump")

Paths = Mapping[str, tuple[str, ...]]
"""For each field, the columns that may have it, in order of preference. `a.b` is the key b of the object a."""


@dataclass(frozen=True)
class Layout:
    """The column names of one publisher. A row has this layout if it has a column of each group in `marks`."""

    name: str
    marks: tuple[tuple[str, ...], ...]
    paths: Paths


OBJECTS = ("metadata", "meta")
"""Columns with an object, which some writers store as JSON in a string or as an Arrow map."""
PLAIN: Paths = {name: (name,) for name in FIELDS}
_WHOSE = ("source", "page", "target", "original", "canonical", "document", "doc", "article", "web", "final", "full")
_ADDRESSES = {
    *("url", "uri", "link", "href", "permalink", "warc_target_uri", "warc-target-uri"),
    *(f"{whose}{between}{what}" for whose in _WHOSE for between in ("_", "-", "") for what in ("url", "uri", "link")),
}
_PARENTS = {
    "metadata",
    "meta",
    "source",
    "info",
    "document",
    "doc",
    "page",
    "article",
    "provenance",
    "extra",
    "data",
    "_source",
    "warc_headers",
}
"""Names in small letters of columns that may have the address, and of objects that may have these columns. The sets are
finite, because each name that is found becomes a key of `noted`."""
LAYOUTS = (
    # mlfoundations/dclm-baseline-1.0 and dclm-pool: the record's WARC headers, in `metadata` or beside the text
    Layout(
        "DCLM",
        (("metadata.WARC-Target-URI", "metadata.WARC-Record-ID", "WARC-Target-URI", "WARC-Record-ID"),),
        {
            "id": ("id", "metadata.WARC-Record-ID", "WARC-Record-ID"),
            "url": ("url", "metadata.WARC-Target-URI", "WARC-Target-URI"),
            "date": ("date", "metadata.WARC-Date", "WARC-Date"),
        },
    ),
    # HPLT v2 and v3: `f` is the archive, `u` the address, `ts` the time of the visit
    Layout(
        "HPLT",
        (("u",), ("ts", "f")),
        {"url": ("url", "u"), "date": ("date", "ts"), "dump": ("dump", "collection", "crawl_id")},
    ),
    # HPLT v1: `collection` is the crawl, and `id` counts the documents of a file
    Layout("HPLT v1", (("document_lang",), ("collection",)), {"dump": ("dump", "collection")}),
    # the JSON that trafilatura writes: `source` is the address
    Layout("trafilatura", (("source-hostname",), ("source",)), {"url": ("url", "source")}),
    # docs/data-format.md of allenai/dolma: `created` is the original's date, and addresses are in `metadata`
    Layout(
        "dolma",
        (("source",), ("added", "created")),
        {
            "url": ("url", "metadata.url", "metadata.source_url", "metadata.WARC-Target-URI"),
            "date": ("date", "metadata.date", "created"),
            "dump": ("dump", "metadata.dump"),
        },
    ),
    # the writers of huggingface/datatrove: `text`, `id`, perhaps `media`, and all else in `metadata`
    Layout(
        "datatrove",
        (("id",), ("metadata.url", "metadata.date", "metadata.dump", "metadata.file_path")),
        {name: (name, f"metadata.{name}") for name in ("url", "date", "dump")},
    ),
    # togethercomputer/RedPajama-Data-1T: the page is described in `meta`
    Layout(
        "RedPajama",
        (("meta.url", "meta.timestamp"),),
        {"url": ("url", "meta.url"), "date": ("date", "meta.timestamp"), "dump": ("dump", "meta.dump")},
    ),
    # oscar-corpus/OSCAR-2301: `content`, and the record's WARC headers in lower case; in `meta` as datasets loads them
    Layout(
        "OSCAR",
        (
            (
                *("warc_headers.warc-target-uri", "warc_headers.warc-record-id"),
                *("meta.warc_headers.warc-target-uri", "meta.warc_headers.warc-record-id"),
            ),
        ),
        {
            "id": ("id", "warc_headers.warc-record-id", "meta.warc_headers.warc-record-id"),
            "url": ("url", "warc_headers.warc-target-uri", "meta.warc_headers.warc-target-uri"),
            "date": ("date", "warc_headers.warc-date", "meta.warc_headers.warc-date"),
        },
    ),
    # CCNet, and togethercomputer/RedPajama-Data-V2: `raw_content`, and the record's date
    Layout("CCNet", (("date_download",),), {"date": ("date", "date_download")}),
    # allenai/c4 and mC4: `text`, `timestamp` and `url`, and no id
    Layout("c4", (("url",), ("timestamp",)), {"date": ("date", "timestamp")}),
)


def is_address(path: str) -> bool:
    """Whether a column, by its name, has the address of the text."""
    parent, _, name = path.lower().rpartition(".")
    return name in _ADDRESSES and (not parent or parent in _PARENTS)


def address_in(names: Mapping[str, Any]) -> str | None:
    """The path of the first column that has the address; None if there is none.

    `names` are nested dictionaries, with None for a column that is not an object.
    """
    nested = (f"{parent}.{name}" for parent in names if parent.lower() in _PARENTS for name in names[parent] or ())
    return next(filter(is_address, (*(name for name in names if "." not in name), *nested)), None)
