"""The column names of published corpora."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FIELDS = ("text", "id", "url", "date", "dump")

Paths = Mapping[str, tuple[str, ...]]
"""For each field, the columns that may have it, in order of preference. `a.b` is the key b of the object a."""


@dataclass(frozen=True)
class Layout:
    """The column names of one publisher. A row has this layout if it has a column of each group in `marks`."""

    name: str
    marks: tuple[tuple[str, ...], ...]
    paths: Paths


PLAIN: Paths = {name: (name,) for name in FIELDS}
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
    # allenai/c4 and mC4: `text`, `timestamp` and `url`, and no id
    Layout("c4", (("url",), ("timestamp",)), {"date": ("date", "timestamp")}),
)
